import { mapOf, text, withDefault } from "../../schema/index.ts";
import { defineRule, isLoadBalancer, ownValue, SOURCE_RANGES } from "../kit/index.ts";
import { hasSourceRanges, SOURCE_RANGES_FIELD } from "./source-ranges.ts";

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

/** Older annotations that a cloud ignores if the newer one is present. */
const REPLACED_BY: ReadonlyMap<string, string> = new Map([
  ["service.beta.kubernetes.io/aws-load-balancer-internal", "service.beta.kubernetes.io/aws-load-balancer-scheme"],
  ["cloud.google.com/load-balancer-type", "networking.gke.io/load-balancer-type"],
]);

const NO = /^(|0|f|false|n|no|off)$/i;

export const publicLoadBalancer = defineRule({
  meta: {
    id: "public-load-balancer",
    title: "A load balancer is not open to the world by omission",
    why: "On most clouds a load balancer faces the internet unless an annotation says otherwise, and admits everyone unless source ranges say otherwise.",
    group: "advice",
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
  },
  messages: {
    open: {
      text: "the load balancer may be open to the internet: nothing limits it, nothing makes it internal",
      fix: "set source ranges (0.0.0.0/0 for everybody), or the cloud's annotation for internal ones",
    },
  },
  check: ({ internal }) => {
    const indicators = Object.entries(internal).map(([key, accepted]) => ({ key, isYes: compileYes(accepted) }));
    return (service) => {
      if (!isLoadBalancer(service) || hasSourceRanges(service)) return [];
      const { annotations } = service.metadata;
      const isInternal = indicators.some(({ key, isYes }) => {
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
        name: "an internal one",
        metadata: { annotations: { "service.beta.kubernetes.io/aws-load-balancer-scheme": "internal" } },
        spec: { type: "LoadBalancer" },
      },
    ],
    bad: [
      { name: "nothing said", spec: { type: "LoadBalancer" }, finds: ["spec.loadBalancerSourceRanges"] },
      {
        name: "source ranges that are none",
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
