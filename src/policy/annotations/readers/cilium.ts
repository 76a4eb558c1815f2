import { type AnnotationReader, list, TEXT, word, wordInAnyCase } from "../kit/index.ts";

const SOURCE = "Cilium main at 079d974 (2026), pkg/annotation/k8s.go and operator/pkg/lbipam/lbipam.go";

export const CILIUM_LB_IPAM: AnnotationReader = {
  name: "Cilium LB IPAM",
  source: SOURCE,
  domains: ["lbipam.cilium.io"],
  names: {
    ips: list("ip"),
    "sharing-cross-namespace": TEXT,
    "sharing-key": TEXT,
    "sharing-permit-different-pods": TEXT,
  },
};

export const CILIUM_SERVICE: AnnotationReader = {
  name: "Cilium",
  source: SOURCE,
  domains: ["service.cilium.io"],
  types: "all",
  names: {
    affinity: wordInAnyCase("local", "remote", "none"),
    "forwarding-mode": word("dsr", "snat"),
    global: TEXT,
    "global-sync-endpoint-slices": TEXT,
    "lb-algorithm": word("random", "maglev"),
    node: TEXT,
    "node-selector": TEXT,
    "proxy-delegation": word("none", "delegate-if-local"),
    shared: TEXT,
    "src-ranges-policy": word("allow", "deny"),
    type: TEXT,
    weight: TEXT,
  },
};

/** The older domain, which is read as well. */
export const CILIUM: AnnotationReader = {
  name: "Cilium",
  source: SOURCE,
  domains: ["io.cilium"],
  types: "all",
  names: {
    "global-service": TEXT,
    "lb-ipam-ips": list("ip"),
    "lb-ipam-sharing-cross-namespace": TEXT,
    "lb-ipam-sharing-key": TEXT,
    "lb-ipam-sharing-permit-different-pods": TEXT,
    "service-affinity": wordInAnyCase("local", "remote", "none"),
    "shared-service": TEXT,
  },
};
