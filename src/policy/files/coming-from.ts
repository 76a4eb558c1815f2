/** The collections of policies for which there are ready-made ones of the same meaning, by the names that they have there. */
const COLLECTIONS = {
  gatekeeper: [
    "block-loadbalancer-services",
    "block-nodeport-services",
    "externalip",
    "requiredannotations",
    "requiredlabels",
    "uniqueserviceselector",
  ],
  "kube-linter": ["dangling-service", "exposed-services", "invalid-target-ports"],
  kubescape: [
    "ensure-https-loadbalancers-encrypted-with-tls",
    "service-in-default-namespace",
    "service-with-no-workload",
  ],
  kubewarden: ["disallow-service-loadbalancer", "disallow-service-nodeport", "unique-service-selector"],
  kyverno: [
    "add-labels",
    "block-updates-deletes",
    "disallow-localhost-services",
    "require-encryption-aws-loadbalancers",
    "require-linkerd-server",
    "require-unique-external-dns",
    "require-unique-service-selector",
    "restrict-loadbalancer",
    "restrict-node-port",
    "restrict-service-external-ips",
    "restrict-service-port-range",
  ],
  trivy: ["KSV-0108"],
};

/** The policies that stand for those of other tools: `coming-from/COLLECTION/NAME`. */
export const COMING_FROM: readonly string[] = Object.entries(COLLECTIONS).flatMap(([collection, names]) =>
  names.map((name) => `coming-from/${collection}/${name}`),
);
