import { ANNOTATION_MESSAGES, annotationFacts, annotationFaults } from "../../annotations/index.ts";
import { ANNOTATIONS, defineRule } from "../kit/index.ts";

export const controllerAnnotations = defineRule({
  meta: {
    id: "controller-annotations",
    title: "Annotations for controllers have names and values that these read",
    fault: "a controller does not read an annotation or its value",
    why:
      "The API server accepts any annotation. A controller ignores a name that it does not know, and ignores a value that it " +
      "cannot read or stops working on the Service: a load balancer stays public, or is never created.",
    group: "advice",
    inStatus: ["annotations"],
  },
  parameters: {},
  messages: ANNOTATION_MESSAGES,
  check: () => (service) =>
    annotationFaults(service).map((fault) => ({
      says: fault.is,
      path: ANNOTATIONS.key(fault.key),
      found: fault.found,
      facts: annotationFacts(fault),
    })),
  cel: {
    cannot:
      "what a dozen controllers read is a table of a few hundred names with a grammar of values for each, and misspelt names are found by their distance from the right ones: CEL has no such function",
  },
  examples: {
    good: [
      {
        name: "a boolean",
        metadata: { annotations: { "service.beta.kubernetes.io/aws-load-balancer-internal": "true" } },
        spec: { type: "LoadBalancer", loadBalancerClass: "service.k8s.aws/nlb" },
      },
      {
        name: "a name that only somebody else can know",
        metadata: { annotations: { "service.beta.kubernetes.io/example-load-balancer-size": "small" } },
        spec: { type: "LoadBalancer" },
      },
      {
        name: "not a load balancer, so nothing reads it",
        metadata: { annotations: { "metallb.io/loadBalancerIPs": "none" } },
      },
    ],
    bad: [
      {
        name: "an address range where a boolean is read",
        metadata: { annotations: { "service.beta.kubernetes.io/aws-load-balancer-internal": "0.0.0.0/0" } },
        spec: { type: "LoadBalancer", loadBalancerClass: "service.k8s.aws/nlb" },
        finds: ["metadata.annotations[service.beta.kubernetes.io/aws-load-balancer-internal]"],
      },
      {
        name: "a name with a slip",
        metadata: { annotations: { "load-balancer.hetzner.cloud/use-proxyprotocol": "true" } },
        spec: { type: "LoadBalancer" },
        finds: ["metadata.annotations[load-balancer.hetzner.cloud/use-proxyprotocol]"],
      },
      {
        name: "a time to live that is not one",
        metadata: { annotations: { "external-dns.alpha.kubernetes.io/ttl": "1 minute" } },
        finds: ["metadata.annotations[external-dns.alpha.kubernetes.io/ttl]"],
      },
      {
        name: "an annotation for ConfigMaps",
        metadata: { annotations: { "service.beta.openshift.io/inject-cabundle": "true" } },
        finds: ["metadata.annotations[service.beta.openshift.io/inject-cabundle]"],
      },
      {
        name: "an older annotation beside the newer one that is read instead",
        metadata: {
          annotations: {
            "service.alpha.openshift.io/serving-cert-secret-name": "old-tls",
            "service.beta.openshift.io/serving-cert-secret-name": "web-tls",
          },
        },
        finds: ["metadata.annotations[service.alpha.openshift.io/serving-cert-secret-name]"],
      },
      {
        name: "a name that MetalLB does not read",
        metadata: { annotations: { "metallb.io/pool-name": "public" } },
        spec: { type: "LoadBalancer" },
        finds: ["metadata.annotations[metallb.io/pool-name]"],
      },
    ],
  },
});
