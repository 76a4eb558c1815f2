import { and, isOneOf, matchesGlobs, not } from "../../in-cel/index.ts";
import { compileGlobs } from "../../match/index.ts";
import { listOf, text, withDefault } from "../../schema/index.ts";
import { ANNOTATIONS, byCel, defineRule, EACH_ANNOTATION, SOURCE_RANGES } from "../kit/index.ts";

/** Prefixes of the annotations that clouds and load balancers read. */
const CLOUD_ANNOTATIONS = [
  "service.beta.kubernetes.io/*",
  "service.kubernetes.io/*",
  "service.alpha.kubernetes.io/*",
  "cloud.google.com/*",
  "beta.cloud.google.com/*",
  "networking.gke.io/*",
  "loadbalancer.openstack.org/*",
  "load-balancer.hetzner.cloud/*",
  "metallb.io/*",
  "metallb.universe.tf/*",
  "kube-vip.io/*",
  "lbipam.cilium.io/*",
  "io.cilium/*",
  "alb.ingress.kubernetes.io/*",
  "eks.amazonaws.com/*",
  "oci.oraclecloud.com/*",
  "kubernetes.digitalocean.com/*",
  "cloudprovider.harvesterhci.io/*",
  "projectcalico.org/*",
  "purelb.io/*",
  "lb.kubesphere.io/*",
  "eip.openelb.kubesphere.io/*",
  "tailscale.com/*",
  "external-dns.alpha.kubernetes.io/*",
];
/** Annotations of Kubernetes itself with the same prefixes. */
const CORE_ANNOTATIONS = new Set([
  SOURCE_RANGES,
  "service.kubernetes.io/topology-mode",
  "service.kubernetes.io/topology-aware-hints",
]);

const globs = (description: string) =>
  listOf(description, text("an annotation's name, with * and ?", { format: "glob" }));

export const cloudAnnotations = defineRule({
  meta: {
    id: "cloud-annotations",
    title: "Only some annotations for clouds are allowed",
    fault: "a cloud annotation is not allowed",
    why: "Cloud annotations can order larger machines, open firewalls, and attach certificates and roles: they have as much effect as the spec, and nothing checks them.",
    group: "team",
    inStatus: ["annotations"],
  },
  parameters: {
    allowed: withDefault(globs("the annotations that are allowed"), []),
    considered: withDefault(globs("the annotations that the rule applies to"), CLOUD_ANNOTATIONS),
  },
  messages: {
    forbidden: { text: "the annotation {key} is not allowed here", fix: "remove metadata.annotations[{key}]" },
  },
  check: ({ allowed, considered }) => {
    const isConsidered = compileGlobs(considered);
    const isAllowed = compileGlobs(allowed);
    return ({ metadata }) =>
      Object.entries(metadata.annotations ?? {}).flatMap(([key, found]) =>
        CORE_ANNOTATIONS.has(key) || !isConsidered(key) || isAllowed(key)
          ? []
          : [{ says: "forbidden", path: ANNOTATIONS.key(key), found, facts: { key } }],
      );
  },
  cel: ({ allowed, considered }) => [
    {
      says: "forbidden",
      each: EACH_ANNOTATION,
      where: and(
        not(isOneOf("key", [...CORE_ANNOTATIONS])),
        matchesGlobs("key", considered),
        not(matchesGlobs("key", allowed)),
      ),
      path: "metadata.annotations[{key}]",
      found: byCel("value"),
      facts: { key: byCel("key") },
    },
  ],
  examples: {
    good: [
      { name: "an annotation of your own", metadata: { annotations: { "example.com/owner": "shop" } } },
      {
        name: "an allowed annotation",
        parameters: { allowed: ["service.beta.kubernetes.io/aws-load-balancer-scheme"] },
        metadata: { annotations: { "service.beta.kubernetes.io/aws-load-balancer-scheme": "internal" } },
      },
    ],
    bad: [
      {
        name: "any other annotation of a cloud",
        parameters: { allowed: ["service.beta.kubernetes.io/aws-load-balancer-scheme"] },
        metadata: { annotations: { "service.beta.kubernetes.io/aws-load-balancer-ssl-cert": "arn:example" } },
        finds: ["metadata.annotations[service.beta.kubernetes.io/aws-load-balancer-ssl-cert]"],
      },
    ],
  },
});
