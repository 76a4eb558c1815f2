import { areOnEveryNode } from "../behind/index.ts";
import { defineRule, isLoadBalancer, SPEC } from "../kit/index.ts";

export const externalTrafficLocal = defineRule({
  meta: {
    id: "external-traffic-local",
    title: "externalTrafficPolicy: Local only behind a load balancer",
    fault: "externalTrafficPolicy: Local is set without a load balancer",
    why:
      "Local drops what reaches a node without a Pod of the Service. A load balancer asks each node first (by the " +
      "health check node port); clients of a node port or an external IP do not.",
    group: "advice",
    types: ["ClusterIP", "NodePort"],
  },
  parameters: {},
  messages: {
    drops: {
      text: "Local drops traffic at nodes without a Pod, and there is no load balancer that avoids them",
      fix: "use Cluster or type LoadBalancer, or run a Pod on every node",
    },
  },
  check: () => (service, context) =>
    service.spec.externalTrafficPolicy === "Local" && !isLoadBalancer(service) && !areOnEveryNode(service, context)
      ? [{ says: "drops", path: SPEC.child("externalTrafficPolicy"), found: "Local" }]
      : [],
  cel: () => [
    {
      says: "drops",
      where: 'variables.type != "LoadBalancer" && object.spec.?externalTrafficPolicy.orValue("") == "Local"',
      path: "spec.externalTrafficPolicy",
      found: "Local",
    },
  ],
  examples: {
    good: [
      { name: "a load balancer, which asks the nodes", spec: { type: "LoadBalancer", externalTrafficPolicy: "Local" } },
    ],
    bad: [
      {
        name: "an external IP",
        spec: { externalIPs: ["198.51.100.7"], externalTrafficPolicy: "Local" },
        finds: ["spec.externalTrafficPolicy"],
      },
      {
        name: "a node port",
        spec: { type: "NodePort", externalTrafficPolicy: "Local" },
        finds: ["spec.externalTrafficPolicy"],
      },
    ],
  },
});
