import { portRangeText, UNKNOWN_CLUSTER } from "../../service/cluster/index.ts";

/** The JSON schema of a cluster profile file, for editors; `readProfile` checks CIDRs and ports more strictly. */
export const CLUSTER_PROFILE_SCHEMA = {
  $schema: "http://json-schema.org/draft-07/schema#",
  title: "Cluster profile",
  description: "The ranges of a cluster, for `fairlead check --cluster-profile FILE`; `fairlead profile` writes it.",
  type: "object",
  required: ["serviceCIDRs"],
  additionalProperties: false,
  properties: {
    serviceCIDRs: {
      description: "The ranges of cluster IPs, the primary family's first.",
      type: "array",
      minItems: 1,
      items: { type: "string", pattern: "^[0-9A-Fa-f:.]+/[0-9]+$", examples: ["10.96.0.0/16", "fd00:10:96::/112"] },
    },
    nodePortRange: {
      description: "The range that node ports are allocated from, both ends included.",
      type: "string",
      pattern: "^[0-9]{1,5}-[0-9]{1,5}$",
      default: portRangeText(UNKNOWN_CLUSTER.nodePortRange),
    },
  },
} as const;
