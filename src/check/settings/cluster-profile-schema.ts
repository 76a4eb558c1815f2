import { FEATURE_GATES } from "../../service/versions/index.ts";
import { portRangeText, UNKNOWN_CLUSTER } from "../../service/cluster/index.ts";

const RANGES = {
  type: "array",
  items: { type: "string", pattern: "^[0-9A-Fa-f:.]+/[0-9]+$", examples: ["10.96.0.0/16", "fd00:10:96::/112"] },
} as const;

/** The JSON schema of a cluster profile file, for editors; `readProfile` checks CIDRs and ports more strictly. */
export const CLUSTER_PROFILE_SCHEMA = {
  $schema: "http://json-schema.org/draft-07/schema#",
  title: "Cluster profile",
  description:
    "The ranges of a cluster, and what else its API server was started with, for `fairlead check --cluster-profile FILE`; `fairlead profile` writes it.",
  type: "object",
  required: ["serviceCIDRs"],
  additionalProperties: false,
  properties: {
    serviceCIDRs: {
      description: "The ranges of cluster IPs, the primary family's first.",
      ...RANGES,
      minItems: 1,
    },
    nodePortRange: {
      description: "The range that node ports are allocated from, both ends included.",
      type: "string",
      pattern: "^[0-9]{1,5}-[0-9]{1,5}$",
      default: portRangeText(UNKNOWN_CLUSTER.nodePortRange),
    },
    featureGates: {
      description: "The feature gates of the API server that are not as by default.",
      type: "object",
      additionalProperties: false,
      properties: Object.fromEntries(FEATURE_GATES.map((name) => [name, { type: "boolean" }])),
    },
    externalIPPolicy: {
      description:
        "Which external IPs a Service may have: spec.externalIP of the Network configuration of OpenShift. Without ranges, users may set none.",
      type: "object",
      additionalProperties: false,
      properties: {
        allowedCIDRs: { description: "The ranges that are allowed.", ...RANGES },
        rejectedCIDRs: { description: "The ranges that are not; they come before the allowed ones.", ...RANGES },
        autoAssignCIDRs: { description: "The ranges that the cluster assigns external IPs from.", ...RANGES },
      },
    },
  },
} as const;
