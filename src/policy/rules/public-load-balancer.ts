import { mapOf, text, withDefault } from "../schema/shape.ts";
import { defineRule } from "./rule.ts";
import { entryOf, isLoadBalancer, SOURCE_RANGES, SPEC } from "./shared.ts";

/** How clouds are told that a load balancer is an internal one; "*" for any value. */
const INTERNAL: Readonly<Record<string, string>> = {
  "service.beta.kubernetes.io/aws-load-balancer-scheme": "internal",
  "service.beta.kubernetes.io/aws-load-balancer-internal": "*",
  "service.beta.kubernetes.io/azure-load-balancer-internal": "true",
  "networking.gke.io/load-balancer-type": "Internal",
  "cloud.google.com/load-balancer-type": "Internal",
  "service.beta.kubernetes.io/openstack-internal-load-balancer": "true",
  "service.beta.kubernetes.io/oci-load-balancer-internal": "true",
  "service.beta.kubernetes.io/alibaba-cloud-loadbalancer-address-type": "intranet",
  "service.kubernetes.io/qcloud-loadbalancer-internal-subnetid": "*",
  "service.kubernetes.io/ibm-load-balancer-cloud-provider-ip-type": "private",
  "service.beta.kubernetes.io/do-loadbalancer-network": "INTERNAL",
};

export const publicLoadBalancer = defineRule({
  meta: {
    id: "public-load-balancer",
    title: "A load balancer is not open to the world by omission",
    why: "On most clouds a load balancer faces the internet unless an annotation says otherwise, and lets everybody in unless source ranges say otherwise.",
    group: "advice",
    inStatus: ["annotations"],
  },
  parameters: {
    internal: withDefault(
      mapOf(
        "annotations that make a load balancer an internal one, with their values; * for any value",
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
    const signs = Object.entries(internal);
    return (service) => {
      if (!isLoadBalancer(service) || (service.spec.loadBalancerSourceRanges ?? []).length > 0) return [];
      const { annotations } = service.metadata;
      if (entryOf(annotations, SOURCE_RANGES) !== undefined) return [];
      const isInternal = signs.some(([key, wanted]) => {
        const value = entryOf(annotations, key);
        return (
          value !== undefined &&
          (wanted === "*" ? value !== "" && value !== "false" : value.toLowerCase() === wanted.toLowerCase())
        );
      });
      return isInternal ? [] : [{ says: "open", path: SPEC.child("loadBalancerSourceRanges") }];
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
        name: "explicitly not internal",
        metadata: { annotations: { "service.beta.kubernetes.io/azure-load-balancer-internal": "false" } },
        spec: { type: "LoadBalancer" },
        finds: ["spec.loadBalancerSourceRanges"],
      },
    ],
  },
});
