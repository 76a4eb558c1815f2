import { nodePortClaims } from "../../../inventory/claims/index.ts";
import { defineRule } from "../kit/index.ts";
import { CANNOT } from "./cannot.ts";
import { contested } from "./conflicts.ts";
import { otherService } from "./example-service.ts";

export const uniqueNodePort = defineRule({
  meta: {
    id: "unique-node-port",
    title: "No other Service asks for the same node port",
    fault: "two Services ask for the same node port",
    why:
      "The API server refuses the second one, but only when it is applied. This rule says it before, of the Services that are " +
      "in the cluster already (fairlead check --inventory); of two Services of one run, fairlead check says it by itself. A port " +
      "number belongs to one Service whatever the protocol, and health check ports count, too.",
    group: "team",
    types: ["NodePort", "LoadBalancer"],
    needs: ["services"],
  },
  parameters: {},
  messages: {
    claimed: {
      text: "the node port {found} is also that of {services}",
      fix: "leave it out, and the API server finds a free one",
    },
  },
  check: () => (service, context) =>
    contested(service, context, nodePortClaims, () => true).map((found) => ({ says: "claimed", ...found })),
  cel: CANNOT,
  examples: {
    good: [
      {
        name: "a node port of its own",
        spec: { type: "NodePort", ports: [{ port: 80, nodePort: 30080 }] },
        others: [otherService("web", { type: "NodePort", ports: [{ port: 80, nodePort: 30081 }] })],
      },
      {
        name: "the API server finds a free one",
        spec: { type: "NodePort" },
        others: [otherService("web", { type: "NodePort", ports: [{ port: 80, nodePort: 30081 }] })],
      },
    ],
    bad: [
      {
        name: "the node port of another Service",
        spec: { type: "NodePort", ports: [{ port: 80, nodePort: 30080 }] },
        others: [otherService("web", { type: "NodePort", ports: [{ port: 80, nodePort: 30080 }] })],
        finds: ["spec.ports[0].nodePort"],
      },
      {
        name: "a node port that another Service has for health checks",
        spec: { type: "LoadBalancer", ports: [{ port: 80, nodePort: 30080 }] },
        others: [
          otherService("web", {
            type: "LoadBalancer",
            externalTrafficPolicy: "Local",
            healthCheckNodePort: 30080,
          }),
        ],
        finds: ["spec.ports[0].nodePort"],
      },
    ],
  },
});
