import { listOf, mapOf, text, withDefault } from "../../schema/index.ts";
import { defineRule, isLoadBalancer, ownValue, SOURCE_RANGES } from "../kit/index.ts";
import { limitsSources, SOURCE_RANGES_FIELD } from "./source-ranges.ts";

const YES = "true|TRUE|True|t|T|1";

/** Annotations that make a load balancer internal, with the values that clouds accept; "*" for any value but a no. */
const INTERNAL: Readonly<Record<string, string>> = {
  "service.beta.kubernetes.io/aws-load-balancer-scheme": "internal",
  "service.beta.kubernetes.io/aws-load-balancer-internal": "*",
  "service.beta.kubernetes.io/azure-load-balancer-internal": "true",
  "networking.gke.io/load-balancer-type": "Internal|internal",
  "cloud.google.com/load-balancer-type": "Internal|internal",
  "service.beta.kubernetes.io/openstack-internal-load-balancer": YES,
  "service.beta.kubernetes.io/oci-load-balancer-internal": YES,
  "service.beta.kubernetes.io/alibaba-cloud-loadbalancer-address-type": "intranet",
  "service.kubernetes.io/qcloud-loadbalancer-internal-subnetid": "*",
  "service.kubernetes.io/ibm-load-balancer-cloud-provider-ip-type": "private",
  "service.beta.kubernetes.io/do-loadbalancer-network": "INTERNAL",
};

/**
 * Annotations that decide by themselves if they are present: with such a value the load balancer faces the internet,
 * whatever else says that it is internal.
 */
const PUBLIC: ReadonlyMap<string, string> = new Map([
  ["service.beta.kubernetes.io/aws-load-balancer-scheme", "internet-facing"],
]);

/**
 * Classes whose load balancers are internal unless an annotation says otherwise. Sources: the AWS Load Balancer
 * Controller on its NLB (internal by default since 2.2), EKS Auto Mode, and GKE on LoadBalancer Service parameters.
 */
const INTERNAL_CLASSES: readonly string[] = [
  "service.k8s.aws/nlb",
  "eks.amazonaws.com/nlb",
  "networking.gke.io/l4-regional-internal",
];

/** Older annotations that a cloud ignores if the newer one is present. */
const REPLACED_BY: ReadonlyMap<string, string> = new Map([
  ["service.beta.kubernetes.io/aws-load-balancer-internal", "service.beta.kubernetes.io/aws-load-balancer-scheme"],
  ["cloud.google.com/load-balancer-type", "networking.gke.io/load-balancer-type"],
]);

const NO = /^(|0|f|false|n|no|off)$/i;

export const publicLoadBalancer = defineRule({
  meta: {
    id: "public-load-balancer",
    title: "A load balancer is not open to the internet by omission",
    fault: "a load balancer may be open to the internet",
    why: "On most clouds a load balancer faces the internet unless an annotation says otherwise, and admits everyone unless source ranges say otherwise.",
    group: "advice",
    types: ["LoadBalancer"],
    inStatus: ["annotations"],
  },
  parameters: {
    internal: withDefault(
      mapOf(
        "annotations that make a load balancer internal, with the value that the cloud expects: alternatives separated by |, or * for any value but a no",
        text("the value"),
      ),
      INTERNAL,
    ),
    internalClasses: withDefault(
      listOf("classes whose load balancers are internal unless an annotation says otherwise", text("a class")),
      INTERNAL_CLASSES,
    ),
  },
  messages: {
    open: {
      text: "the load balancer may be open to the internet: no range limits it, and it is not internal",
      fix: "set source ranges narrower than the whole internet, or the cloud's annotation for internal load balancers",
    },
  },
  check: ({ internal, internalClasses }) => {
    const classes = new Set<string | undefined>(internalClasses);
    const indicators = Object.entries(internal).map(([key, accepted]) => ({ key, isYes: compileYes(accepted) }));
    return (service) => {
      if (!isLoadBalancer(service) || limitsSources(service)) return [];
      const { annotations } = service.metadata;
      const isPublic = Array.from(PUBLIC).some(([key, value]) => ownValue(annotations, key) === value);
      const isInternalClass = !isPublic && classes.has(service.spec.loadBalancerClass);
      if (isInternalClass) return [];
      const isInternal =
        !isPublic &&
        indicators.some(({ key, isYes }) => {
          const value = ownValue(annotations, key);
          const newer = REPLACED_BY.get(key);
          return (
            value !== undefined && isYes(value) && (newer === undefined || ownValue(annotations, newer) === undefined)
          );
        });
      return isInternal ? [] : [{ says: "open", path: SOURCE_RANGES_FIELD }];
    };
  },
  examples: {
    good: [
      { name: "with source ranges", spec: { type: "LoadBalancer", loadBalancerSourceRanges: ["203.0.113.0/24"] } },
      {
        name: "an internal load balancer",
        metadata: { annotations: { "service.beta.kubernetes.io/aws-load-balancer-scheme": "internal" } },
        spec: { type: "LoadBalancer" },
      },
      {
        name: "a class that is internal by default",
        spec: { type: "LoadBalancer", loadBalancerClass: "networking.gke.io/l4-regional-internal" },
      },
    ],
    bad: [
      {
        name: "a source range that lets everyone in",
        spec: { type: "LoadBalancer", loadBalancerSourceRanges: ["203.0.113.0/24", "0.0.0.0/0"] },
        finds: ["spec.loadBalancerSourceRanges"],
      },
      {
        name: "a class that is internal by default, made public",
        metadata: { annotations: { "service.beta.kubernetes.io/aws-load-balancer-scheme": "internet-facing" } },
        spec: { type: "LoadBalancer", loadBalancerClass: "service.k8s.aws/nlb" },
        finds: ["spec.loadBalancerSourceRanges"],
      },
      {
        name: "neither ranges nor an annotation",
        spec: { type: "LoadBalancer" },
        finds: ["spec.loadBalancerSourceRanges"],
      },
      {
        name: "an annotation for source ranges that is blank",
        metadata: { annotations: { [SOURCE_RANGES]: " " } },
        spec: { type: "LoadBalancer" },
        finds: ["spec.loadBalancerSourceRanges"],
      },
      {
        name: "an older annotation that the newer one overrules",
        metadata: {
          annotations: {
            "service.beta.kubernetes.io/aws-load-balancer-internal": "true",
            "service.beta.kubernetes.io/aws-load-balancer-scheme": "internet-facing",
          },
        },
        spec: { type: "LoadBalancer" },
        finds: ["spec.loadBalancerSourceRanges"],
      },
      {
        name: "explicitly not internal",
        metadata: { annotations: { "service.beta.kubernetes.io/azure-load-balancer-internal": "false" } },
        spec: { type: "LoadBalancer" },
        finds: ["spec.loadBalancerSourceRanges"],
      },
    ],
  },
});

function compileYes(accepted: string): (value: string) => boolean {
  if (accepted === "*") return (value) => !NO.test(value.trim());
  const values = new Set(accepted.split("|"));
  return (value) => values.has(value);
}
