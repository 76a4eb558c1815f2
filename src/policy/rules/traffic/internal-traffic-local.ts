import { areOnEveryNode } from "../behind/index.ts";
import { defineRule, hasClusterIP, SPEC } from "../kit/index.ts";

export const internalTrafficLocal = defineRule({
  meta: {
    id: "internal-traffic-local",
    title: "internalTrafficPolicy: Local has no fallback",
    fault: "internalTrafficPolicy: Local drops traffic on nodes without an endpoint",
    why:
      "Local means this node or nothing: clients on a node without a Pod get no answer. Right for an agent that runs " +
      "on every node; to prefer near endpoints, use trafficDistribution.",
    group: "advice",
    types: ["ClusterIP", "NodePort", "LoadBalancer"],
  },
  parameters: {},
  messages: {
    local: {
      text: "with internalTrafficPolicy Local, clients on nodes without a Pod get no answer",
      fix: "use spec.trafficDistribution to prefer near endpoints, or exempt the agents that run on every node",
    },
  },
  check: () => (service, context) =>
    service.spec.internalTrafficPolicy === "Local" && hasClusterIP(service) && !areOnEveryNode(service, context)
      ? [{ says: "local", path: SPEC.child("internalTrafficPolicy"), found: "Local" }]
      : [],
  cel: () => [
    {
      says: "local",
      where: 'variables.hasClusterIP && object.spec.?internalTrafficPolicy.orValue("") == "Local"',
      path: "spec.internalTrafficPolicy",
      found: "Local",
    },
  ],
  examples: {
    good: [{ name: "prefer near endpoints", spec: { trafficDistribution: "PreferClose" } }],
    bad: [
      {
        name: "only endpoints on the same node",
        spec: { internalTrafficPolicy: "Local" },
        finds: ["spec.internalTrafficPolicy"],
      },
    ],
  },
});
