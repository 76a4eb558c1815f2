import { defineRule, surroundingsOf } from "../kit/index.ts";
import { CANNOT } from "./cannot.ts";
import { otherService } from "./example-service.ts";
import { COUNTED, totalsAfter } from "./totals.ts";

function quota(hard: Readonly<Record<string, string>>) {
  return { apiVersion: "v1", kind: "ResourceQuota", metadata: { name: "team", namespace: "team-a" }, spec: { hard } };
}

export const resourceQuota = defineRule({
  meta: {
    id: "resource-quota",
    title: "The Services of a namespace are within its ResourceQuota",
    fault: "a Service exceeds the namespace's ResourceQuota",
    why:
      "The API server refuses what exceeds a ResourceQuota, but only when it is applied: often half of a release then. Counted " +
      "are services, count/services, services.loadbalancers and services.nodeports, as the API server does. An update is found " +
      "only if it adds to the number.",
    group: "consistency",
    needs: ["services", "quotas"],
  },
  parameters: {},
  messages: {
    exceeded: {
      text: "the namespace {namespace} would have {count} {things}, and its ResourceQuota {quota} allows {limit}",
      fix: "remove one that is not needed, or raise the quota",
    },
  },
  check: () => (service, context) => {
    const around = surroundingsOf(service, context);
    if (around === undefined) return [];
    const quotas = [...around.inventory.quotasIn(around.service.namespace)];
    if (quotas.length === 0) return [];
    const totals = totalsAfter(around);
    return quotas.flatMap((limits) =>
      COUNTED.flatMap(({ of, things, path }) => {
        const [count, limit] = [totals[of], limits[of]];
        if (count === undefined || limit === undefined || count <= limit) return [];
        return [{ says: "exceeded", path, facts: { count, things, limit, quota: limits.name } }];
      }),
    );
  },
  cel: CANNOT,
  examples: {
    good: [
      {
        name: "within the quota",
        spec: { type: "LoadBalancer" },
        others: [quota({ services: "2", "services.loadbalancers": "1" }), otherService("web", {})],
      },
      {
        name: "a load balancer without node ports needs none",
        spec: { type: "LoadBalancer", allocateLoadBalancerNodePorts: false },
        others: [quota({ "services.nodeports": "0" })],
      },
    ],
    bad: [
      {
        name: "one Service too many",
        others: [quota({ "count/services": "1" }), otherService("web", {})],
        finds: ["metadata.namespace"],
      },
      {
        name: "a load balancer in a namespace that may have none",
        spec: { type: "LoadBalancer" },
        others: [quota({ "services.loadbalancers": "0", "services.nodeports": "0" })],
        finds: ["spec.type", "spec.ports"],
      },
    ],
  },
});
