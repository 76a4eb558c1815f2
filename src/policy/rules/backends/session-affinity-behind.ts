import { inFrontOfOnePod } from "../behind/index.ts";
import { defineRule, hasClusterIP } from "../kit/index.ts";
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
  check: () => (service, context) =>
    service.spec.sessionAffinity === "ClientIP" && hasClusterIP(service)
      ? inFrontOfOnePod({ says: "single", field: "sessionAffinity" }, service, context)
      : [],
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
