import { portRangeText, PROFILES } from "../../service/cluster/index.ts";
import { FEATURE_GATES, NEWEST_KNOWN, versionText } from "../../service/versions/index.ts";
import type { DISCOVERABLE } from "./kubernetes-settings.ts";
import type { Setting } from "./setting.ts";

/** The part of the configuration that says what cluster Services are judged for. */
export interface ClusterConfig {
  readonly version: string;
  readonly openshiftVersion?: string;
  /** `NAME=BOOL` each. */
  readonly featureGates: readonly string[];
  readonly serviceCIDRs: readonly string[];
  readonly nodePortRange: string;
  readonly discover: readonly (typeof DISCOVERABLE)[number][];
}

export const CLUSTER_SETTINGS: readonly Setting[] = [
  {
    path: ["cluster", "version"],
    flag: "kubernetes-version",
    value: "VERSION",
    help: "version of the cluster, such as 1.36",
    schema: { type: "string", pattern: "^v?1\\.[0-9]{1,3}([.+-].*)?$" },
    default: versionText(NEWEST_KNOWN),
    chart: {
      key: ["cluster", "version"],
      description:
        "The Kubernetes version to judge by, such as `1.36`; empty: the cluster's own. A newer version shows what an upgrade would refuse.",
      default: "",
      schema: { type: "string", pattern: "^(v?1\\.[0-9]{1,3}([.+-].*)?)?$" },
    },
  },
  {
    path: ["cluster", "openshiftVersion"],
    flag: "openshift-version",
    value: "VERSION",
    help: "version of an OpenShift cluster, such as 4.16, in place of --kubernetes-version",
    schema: { type: "string", pattern: "^v?4\\.[0-9]{1,3}([.+-].*)?$" },
  },
  {
    path: ["cluster", "featureGates"],
    flag: "feature-gate",
    value: "NAME=BOOL",
    help: `a feature gate of the API server that is not as by default, one of ${FEATURE_GATES.join(", ")}; may be given more than once`,
    schema: { type: "array", items: { type: "string", pattern: "^[A-Za-z0-9]+=(true|false)$" } },
    default: [],
    chart: {
      key: ["cluster", "featureGates"],
      description:
        "Feature gates of the API server that are not as by default, as `NAME=true` or `NAME=false`. They cannot be discovered.",
    },
  },
  {
    path: ["cluster", "serviceCIDRs"],
    flag: "service-cidr",
    value: "CIDR",
    help: "a range of cluster IPs, the primary family's first; may be given more than once. Without any, the ranges are unknown, and nothing is judged by them",
    schema: { type: "array", items: { type: "string", minLength: 1 } },
    default: [],
    chart: {
      key: ["cluster", "serviceCIDRs"],
      description: "The ranges of cluster IPs, the primary family's first; empty: discovered.",
      default: [],
      schema: { type: "array", items: { type: "string", pattern: "^[0-9a-fA-F:.]+/[0-9]{1,3}$" } },
    },
  },
  {
    path: ["cluster", "nodePortRange"],
    flag: "node-port-range",
    value: "FIRST-LAST",
    help: "range that node ports are allocated from",
    schema: { type: "string", pattern: "^[0-9]{1,5}-[0-9]{1,5}$" },
    default: portRangeText(PROFILES.dual.nodePortRange),
    chart: {
      key: ["cluster", "nodePortRange"],
      description:
        "The range that node ports are allocated from, such as `30000-32767`, the default. It cannot be discovered.",
      default: "",
      schema: { type: "string", pattern: "^([0-9]{1,5}-[0-9]{1,5})?$" },
    },
  },
];
