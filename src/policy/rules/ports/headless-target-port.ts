import { and } from "../../in-cel/index.ts";
import { byCel, defineRule, EACH_PORT, hasClusterIP, isExternalName, portsOf } from "../kit/index.ts";

export const headlessTargetPort = defineRule({
  meta: {
    id: "headless-target-port",
    title: "The target port of a headless Service equals its port",
    fault: "the target port of a headless Service differs from its port",
    why:
      "The name of a headless Service resolves to the Pods' addresses, and nothing on the way translates the port. The " +
      "target port stands in the EndpointSlices and SRV records only: clients that look up the name and use the port " +
      "reach the Pods at the wrong one.",
    group: "advice",
    types: ["ClusterIP"],
  },
  parameters: {},
  messages: {
    other: {
      text: "a headless Service does not translate port {port} to {found}: only EndpointSlices and SRV records name the target port",
      fix: "set port to the port that the Pods listen on",
    },
  },
  check: () => (service) =>
    isExternalName(service) || hasClusterIP(service)
      ? []
      : portsOf(service).flatMap(({ port: { port, targetPort: found }, path }) =>
          // The number behind a name is known to the Pods only.
          typeof found !== "number" || found === port
            ? []
            : [{ says: "other", path: path.child("targetPort"), found, facts: { port } }],
        ),
  cel: () => [
    {
      says: "other",
      each: EACH_PORT,
      where: and(
        'variables.type != "ExternalName"',
        "!variables.hasClusterIP",
        "has(port.targetPort)",
        "type(port.targetPort) == int",
        "port.targetPort != port.port",
      ),
      path: "spec.ports[{index}].targetPort",
      found: byCel("string(port.targetPort)"),
      facts: { port: byCel("string(port.port)") },
    },
  ],
  examples: {
    good: [
      { name: "no target port", spec: { clusterIP: "None", ports: [{ port: 5432 }] } },
      {
        name: "a named target port",
        spec: { clusterIP: "None", ports: [{ port: 5432, targetPort: "db" }] },
      },
    ],
    bad: [
      {
        name: "another number",
        spec: { clusterIP: "None", ports: [{ port: 80, targetPort: 8080 }] },
        finds: ["spec.ports[0].targetPort"],
      },
    ],
  },
});
