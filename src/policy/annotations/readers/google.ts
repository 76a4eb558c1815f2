import { type AnnotationReader, EXACT_BOOLEAN, JSON_TEXT, TEXT, word } from "../kit/index.ts";

export const GKE: AnnotationReader = {
  name: "GKE",
  source:
    "GKE documentation, LoadBalancer Service parameters (2026); cloud-provider-gcp v36.3.8, providers/gce/gce_annotations.go; " +
    "ingress-gce at acbcf5d66, pkg/l4/annotations/service.go",
  domains: ["networking.gke.io"],
  names: {
    "custom-forwarding-rule": TEXT,
    "internal-load-balancer-allow-global-access": EXACT_BOOLEAN,
    "internal-load-balancer-subnet": TEXT,
    "ip-collection-v6": TEXT,
    "l4-strong-session-affinity": word("enabled"),
    "l4lb-config": TEXT,
    "load-balancer-ip-addresses": TEXT,
    "load-balancer-subnet": TEXT,
    // Whatever is not "Internal" is external; these say that it is meant.
    "load-balancer-type": { is: "word", words: ["Internal"], others: ["internal", "External", "external"] },
    "weighted-load-balancing": word("pods-per-node"),
  },
};

/** The older domain, of load balancers and of Ingress. */
export const GOOGLE_CLOUD: AnnotationReader = {
  name: "GKE",
  source:
    "cloud-provider-gcp v36.3.8, providers/gce/gce_annotations.go; ingress-gce at acbcf5d66, pkg/annotations/service.go, " +
    "pkg/negannotation and pkg/l4/annotations/service.go",
  domains: ["cloud.google.com"],
  types: "all",
  names: {
    "app-protocols": JSON_TEXT,
    "backend-config": JSON_TEXT,
    "l4-rbs": word("enabled"),
    "load-balancer-backend-share": EXACT_BOOLEAN,
    "load-balancer-type": { is: "word", words: ["Internal"], others: ["internal", "External", "external"] },
    neg: JSON_TEXT,
    "neg-status": TEXT,
    "network-tier": word("Premium", "Standard"),
  },
};
