import { defineRule, hasClusterIP, isExternalName, portsOf } from "../kit/index.ts";

export const headlessTargetPort = defineRule({
  meta: {
    id: "headless-target-port",
    title: "The target port of a headless Service equals its port",
    why: "Clients of a headless Service connect to the Pods directly: nothing on the way translates the port.",
    group: "advice",
  },
  parameters: {},
  messages: {
    other: {
      text: "the target port {found} has no effect on a headless Service: clients reach the Pods at port {port}",
      fix: "leave targetPort out, or make port the one that the Pods listen on",
    },
  },
  check: () => (service) =>
    isExternalName(service) || hasClusterIP(service)
      ? []
      : portsOf(service).flatMap(({ port: { port, targetPort: found }, path }) =>
          found === port ? [] : [{ says: "other", path: path.child("targetPort"), found, facts: { port } }],
        ),
  examples: {
    good: [{ name: "left out", spec: { clusterIP: "None", ports: [{ port: 5432 }] } }],
    bad: [
      {
        name: "another port",
        spec: { clusterIP: "None", ports: [{ port: 80, targetPort: 8080 }] },
        finds: ["spec.ports[0].targetPort"],
      },
    ],
  },
});
