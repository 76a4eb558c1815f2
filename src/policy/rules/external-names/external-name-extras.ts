import { byCel, defineRule, EACH_PORT, isExternalName, portsOf, SPEC } from "../kit/index.ts";

export const externalNameExtras = defineRule({
  meta: {
    id: "external-name-extras",
    title: "An ExternalName has no selector and no node ports",
    fault: "an ExternalName Service has a selector or node ports",
    why: "An ExternalName is only a DNS alias: no traffic is sent to selected Pods, which get no endpoints since 1.27, and no port is opened.",
    group: "advice",
    types: ["ExternalName"],
  },
  parameters: {},
  messages: {
    selector: {
      text: "clients of an ExternalName are not sent to the Pods of its selector",
      fix: "remove spec.selector",
    },
    nodePort: { text: "the node port {found} has no effect on an ExternalName", fix: "remove nodePort" },
  },
  check: () => (service) => {
    if (!isExternalName(service)) return [];
    const { selector = {} } = service.spec;
    return [
      ...(Object.keys(selector).length === 0
        ? []
        : [{ says: "selector" as const, path: SPEC.child("selector"), found: selector }]),
      ...portsOf(service).flatMap(({ port: { nodePort: found }, path }) =>
        found === undefined ? [] : [{ says: "nodePort" as const, path: path.child("nodePort"), found }],
      ),
    ];
  },
  cel: () => [
    {
      says: "selector",
      where: 'variables.type == "ExternalName" && variables.selector.size() > 0',
      path: "spec.selector",
    },
    {
      says: "nodePort",
      each: EACH_PORT,
      where: 'variables.type == "ExternalName" && has(port.nodePort)',
      path: "spec.ports[{index}].nodePort",
      found: byCel("string(port.nodePort)"),
    },
  ],
  examples: {
    good: [
      {
        name: "only the name",
        spec: { type: "ExternalName", externalName: "db.example.com", ports: null, selector: null },
      },
    ],
    bad: [
      {
        name: "with a selector and a node port",
        spec: {
          type: "ExternalName",
          externalName: "db.example.com",
          selector: { app: "db" },
          ports: [{ port: 5432, nodePort: 30432 }],
        },
        finds: ["spec.selector", "spec.ports[0].nodePort"],
      },
    ],
  },
});
