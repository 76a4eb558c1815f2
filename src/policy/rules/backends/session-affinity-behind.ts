import { backendsOf, isSettled, podsOf, workloadsText } from "../behind/index.ts";
import { defineRule, hasClusterIP, SPEC } from "../kit/index.ts";
import { deployment } from "./examples.ts";

export const sessionAffinityBehind = defineRule({
  meta: {
    id: "session-affinity-behind",
    title: "Session affinity only where there is more than one Pod",
    fault: "session affinity is set in front of a single Pod",
    why:
      "With one Pod all clients reach the same one anyway. As soon as there are more, affinity by client address sends all " +
      "clients behind a proxy to one of them, which few expect by then.",
    group: "consistency",
    types: ["ClusterIP", "NodePort", "LoadBalancer"],
    needs: ["workloads"],
  },
  parameters: {},
  messages: {
    single: {
      text: "sessionAffinity {found} has no effect: {workloads} has one Pod",
      fix: "leave sessionAffinity out",
    },
  },
  check: () => (service, context) => {
    const { sessionAffinity: found } = service.spec;
    if (found !== "ClientIP" || !hasClusterIP(service)) return [];
    if (!isSettled(service, context, ["sessionAffinity", "selector", "type"])) return [];
    const backends = backendsOf(service, context);
    if (backends === undefined || podsOf(backends) !== 1) return [];
    return [
      {
        says: "single",
        path: SPEC.child("sessionAffinity"),
        found,
        facts: { workloads: workloadsText(backends.workloads) },
        mayBeElsewhere: true,
      },
    ];
  },
  cel: { cannot: "it looks at the workloads" },
  examples: {
    good: [
      {
        name: "two Pods",
        spec: { sessionAffinity: "ClientIP", selector: { app: "web" } },
        others: [deployment("web", [], { replicas: 2 })],
      },
      { name: "no affinity", spec: { selector: { app: "web" } }, others: [deployment("web", [], { replicas: 1 })] },
    ],
    bad: [
      {
        name: "one Pod",
        spec: { sessionAffinity: "ClientIP", selector: { app: "web" } },
        others: [deployment("web", [], { replicas: 1 })],
        finds: ["spec.sessionAffinity"],
      },
    ],
  },
});
