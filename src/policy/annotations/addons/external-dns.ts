import { type AnnotationReader, GO_BOOLEAN, TEXT, word } from "../kit/index.ts";

export const EXTERNAL_DNS: AnnotationReader = {
  name: "external-dns",
  source:
    "external-dns v0.22.0, docs/annotations/annotations.md, source/annotations/annotations.go and processors.go. " +
    "The domain can be set; these are the default and the default before it",
  domains: ["external-dns.kubernetes.io", "external-dns.alpha.kubernetes.io"],
  types: "all",
  names: {
    access: word("public", "private"),
    alias: word("true", "false", "A", "AAAA"),
    "azure-tags": TEXT,
    "cloudflare-proxied": GO_BOOLEAN,
    controller: TEXT,
    "endpoints-type": word("NodeExternalIP", "HostIP"),
    "gateway-hostname-source": TEXT,
    hostname: TEXT,
    ingress: TEXT,
    "ingress-hostname-source": TEXT,
    "internal-hostname": TEXT,
    "record-type": TEXT,
    "set-identifier": TEXT,
    target: TEXT,
    ttl: { is: "duration", orSeconds: true },
  },
  patterns: {
    "aws-*": TEXT,
    "azure-*": TEXT,
    "cloudflare-*": TEXT,
    "coredns-*": TEXT,
    "scw-*": TEXT,
    "webhook-*": TEXT,
  },
};
