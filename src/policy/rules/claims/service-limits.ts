import { TYPES } from "../../../service/schema/index.ts";
import { integer, optional } from "../../schema/index.ts";
import { defineRule, surroundingsOf } from "../kit/index.ts";
import { CANNOT } from "./cannot.ts";
import { otherService } from "./example-service.ts";
import { COUNTED, totalsAfter } from "./totals.ts";

export const serviceLimits = defineRule({
  meta: {
    id: "service-limits",
    title: "A namespace has at most so many Services",
    fault: "a namespace has too many Services",
    why:
      "Load balancers cost money, and node ports are few: there are some 2,800 in a cluster. Counted as the API server's quota " +
      "does: each port of a NodePort or LoadBalancer Service has a node port, unless allocateLoadBalancerNodePorts is false and " +
      "none is set. A ResourceQuota does the same for a namespace of its own; this rule does for all that the policy matches. An " +
      "update is found only if it adds to the number.",
    group: "team",
    needs: ["services"],
  },
  parameters: {
    services: optional(integer("the most Services of a namespace", { minimum: 0 })),
    loadBalancers: optional(integer("the most load balancers of a namespace", { minimum: 0 })),
    nodePorts: optional(integer("the most node ports of a namespace", { minimum: 0 })),
  },
  verify: ({ services, loadBalancers, nodePorts }) =>
    services === undefined && loadBalancers === undefined && nodePorts === undefined
      ? "at least one of services, loadBalancers and nodePorts is needed"
      : undefined,
  typesFor: ({ services, nodePorts }) => {
    if (services !== undefined) return TYPES;
    return nodePorts === undefined ? ["LoadBalancer"] : ["NodePort", "LoadBalancer"];
  },
  messages: {
    exceeded: {
      text: "the namespace {namespace} would have {count} {things}, and may have {limit}",
      fix: "remove one that is not needed, or ask for a higher limit",
    },
  },
  check: (limits) => (service, context) => {
    const around = surroundingsOf(service, context);
    if (around === undefined) return [];
    const totals = totalsAfter(around);
    return COUNTED.flatMap(({ of, things, path }) => {
      const [count, limit] = [totals[of], limits[of]];
      if (count === undefined || limit === undefined || count <= limit) return [];
      return [{ says: "exceeded", path, facts: { count, things, limit } }];
    });
  },
  cel: CANNOT,
  examples: {
    good: [
      {
        name: "the second load balancer of two",
        parameters: { loadBalancers: 2 },
        spec: { type: "LoadBalancer" },
        others: [otherService("web", { type: "LoadBalancer" })],
      },
      {
        name: "load balancers of other namespaces",
        parameters: { loadBalancers: 1 },
        spec: { type: "LoadBalancer" },
        others: [otherService("web", { type: "LoadBalancer" }, { namespace: "team-b" })],
      },
    ],
    bad: [
      {
        name: "one Service too many",
        parameters: { services: 1 },
        others: [otherService("web", {})],
        finds: ["metadata.namespace"],
      },
      {
        name: "an update that makes a load balancer of it, the second one",
        parameters: { loadBalancers: 1 },
        operation: "update",
        old: { spec: { type: "ClusterIP" } },
        spec: { type: "LoadBalancer" },
        others: [otherService("web", { type: "LoadBalancer" })],
        finds: ["spec.type"],
      },
      {
        name: "more node ports than are left",
        parameters: { nodePorts: 2 },
        spec: {
          type: "NodePort",
          ports: [
            { name: "http", port: 80 },
            { name: "https", port: 443 },
          ],
        },
        others: [otherService("web", { type: "NodePort" })],
        finds: ["spec.ports"],
      },
    ],
  },
});
