import { inFrontOfOnePod } from "../behind/index.ts";
import { defineRule, isLoadBalancer } from "../kit/index.ts";
import { deployment, workload } from "./examples.ts";

export const localTrafficBehind = defineRule({
  meta: {
    id: "local-traffic-behind",
    title: "externalTrafficPolicy: Local only with more than one Pod",
    fault: "externalTrafficPolicy: Local is set in front of a single Pod",
    why:
      "With Local, only nodes with a ready Pod of the Service pass the load balancer's health check. With one Pod that is one " +
      "node: whenever the Pod moves, the load balancer first has to notice, and all clients wait. external-traffic-local " +
      "and internal-traffic-local are about Services without a load balancer, and traffic inside of the cluster.",
    group: "consistency",
    types: ["LoadBalancer"],
    needs: ["workloads"],
  },
  parameters: {},
  messages: {
    single: {
      text: "with externalTrafficPolicy Local and the one Pod of {workloads}, all nodes but one fail the load balancer's health check",
      fix: "run more Pods, on different nodes, or use Cluster if the client's address is not needed",
    },
  },
  check: () => (service, context) =>
    service.spec.externalTrafficPolicy === "Local" && isLoadBalancer(service)
      ? inFrontOfOnePod({ says: "single", field: "externalTrafficPolicy" }, service, context)
      : [],
  cel: { cannot: "it looks at the workloads" },
  examples: {
    good: [
      {
        name: "a Pod on every node",
        spec: { type: "LoadBalancer", externalTrafficPolicy: "Local", selector: { app: "edge" } },
        others: [workload("DaemonSet", "edge")],
      },
      {
        name: "several Pods",
        spec: { type: "LoadBalancer", externalTrafficPolicy: "Local", selector: { app: "web" } },
        others: [deployment("web", [], { replicas: 3 })],
      },
    ],
    bad: [
      {
        name: "one Pod",
        spec: { type: "LoadBalancer", externalTrafficPolicy: "Local", selector: { app: "web" } },
        others: [deployment("web", [], { replicas: 1 })],
        finds: ["spec.externalTrafficPolicy"],
      },
    ],
  },
});
