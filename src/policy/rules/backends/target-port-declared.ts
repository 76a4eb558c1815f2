import { backendsOf, isSettled, portsText, servingOf, workloadsText } from "../behind/index.ts";
import { defineRule, hasClusterIP, portsOf } from "../kit/index.ts";
import { deployment } from "./examples.ts";

const OTHERS = [deployment("web", [{ name: "http", containerPort: 8080 }])];

export const targetPortDeclared = defineRule({
  meta: {
    id: "target-port-declared",
    title: "The selected containers declare the target port",
    fault: "the target port is declared by no selected container",
    why:
      "Containers need not declare their ports. Where they declare some and the target port is not among them, it may be a " +
      "wrong number, and then connections are refused; or a port that was forgotten in the list, which works.",
    group: "consistency",
    types: ["ClusterIP", "NodePort", "LoadBalancer"],
    needs: ["workloads"],
  },
  parameters: {},
  messages: {
    undeclared: {
      text: "no container of {workloads} declares the port {found} ({protocol}): they declare {ports}",
      fix: "set targetPort to the port that the container listens on, or add it to the container's ports",
    },
  },
  check: () => (service, context) => {
    // Nothing translates the ports of a headless Service: what it names need not be what is used.
    if (!hasClusterIP(service) || !isSettled(service, context, ["ports", "selector", "type"])) return [];
    const backends = backendsOf(service, context);
    if (backends === undefined) return [];
    const serving = servingOf(backends);
    const declared = serving.flatMap(({ ports = [] }) => ports);
    if (serving.length === 0 || serving.some(({ ports, isSilent }) => ports === undefined || isSilent === true))
      return [];
    return portsOf(service).flatMap(({ port: { protocol = "TCP", targetPort: found }, path }) =>
      typeof found !== "number" || declared.some((other) => other.port === found && other.protocol === protocol)
        ? []
        : [
            {
              says: "undeclared",
              path: path.child("targetPort"),
              found,
              facts: { workloads: workloadsText(serving), protocol, ports: portsText(declared) },
            },
          ],
    );
  },
  cel: { cannot: "it looks at the workloads" },
  examples: {
    good: [
      {
        name: "a port that the container declares",
        spec: { selector: { app: "web" }, ports: [{ port: 80, targetPort: 8080 }] },
        others: OTHERS,
      },
      {
        name: "a container that declares no port: nobody can tell",
        spec: { selector: { app: "web" }, ports: [{ port: 80 }] },
        others: [deployment("web")],
      },
    ],
    bad: [
      {
        name: "the port itself, as there is no targetPort",
        spec: { selector: { app: "web" }, ports: [{ port: 80 }] },
        others: OTHERS,
        finds: ["spec.ports[0].targetPort"],
      },
    ],
  },
});
