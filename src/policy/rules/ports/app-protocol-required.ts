import { and, isOneOf, not } from "../../in-cel/index.ts";
import { listOf, text, withDefault } from "../../schema/index.ts";
import { byCel, defineRule, EACH_PORT, isExternalName, portsOf, type Violation } from "../kit/index.ts";

export const appProtocolRequired = defineRule({
  meta: {
    id: "app-protocol-required",
    title: "Every port has an appProtocol",
    fault: "a port has no appProtocol",
    why: "Meshes, gateways and load balancers guess the application protocol from port names and numbers if it is not set, each in its own way.",
    group: "team",
    types: ["ClusterIP", "NodePort", "LoadBalancer"],
  },
  parameters: {
    allowed: withDefault(
      listOf(
        "the protocols that are allowed; if empty, any protocol",
        text("a protocol", { format: "qualified-name" }),
      ),
      [],
    ),
  },
  messages: {
    missing: {
      text: "the port {port} has no appProtocol",
      fix: "set appProtocol, such as http or kubernetes.io/h2c",
    },
    other: { text: "the application protocol must be one of {allowed}, not {found}", fix: "use one of {allowed}" },
  },
  check: ({ allowed }) => {
    const known = new Set(allowed);
    return (service) => {
      if (isExternalName(service)) return [];
      return portsOf(service).flatMap(
        ({ port: { port, appProtocol: found }, path }): Violation<"missing" | "other">[] => {
          const at = path.child("appProtocol");
          if (found === undefined) return [{ says: "missing", path: at, facts: { port } }];
          return known.size === 0 || known.has(found)
            ? []
            : [{ says: "other", path: at, found, facts: { allowed: allowed.join(", ") } }];
        },
      );
    };
  },
  cel: ({ allowed }) => {
    const at = { each: EACH_PORT, path: "spec.ports[{index}].appProtocol" };
    const isNotExternalName = 'variables.type != "ExternalName"';
    return [
      {
        ...at,
        says: "missing",
        where: and(isNotExternalName, "!has(port.appProtocol)"),
        facts: { port: byCel("string(port.port)") },
      },
      ...(allowed.length === 0
        ? []
        : [
            {
              ...at,
              says: "other" as const,
              where: and(isNotExternalName, "has(port.appProtocol)", not(isOneOf("port.appProtocol", allowed))),
              found: byCel("port.appProtocol"),
              facts: { allowed: allowed.join(", ") },
            },
          ]),
    ];
  },
  examples: {
    good: [{ name: "appProtocol is set", spec: { ports: [{ port: 80, appProtocol: "http" }] } }],
    bad: [
      { name: "appProtocol is not set", spec: { ports: [{ port: 80 }] }, finds: ["spec.ports[0].appProtocol"] },
      {
        name: "a protocol that is not allowed",
        parameters: { allowed: ["http", "https"] },
        spec: { ports: [{ port: 80, appProtocol: "mysql" }] },
        finds: ["spec.ports[0].appProtocol"],
      },
    ],
  },
});
