import { and, quoted, quotedList } from "../../in-cel/index.ts";
import { byCel, defineRule, EACH_PORT, isExternalName, portsOf } from "../kit/index.ts";

/**
 * The application protocols of ports with this name, or with this name and a hyphen as prefix; the first is suggested.
 */
const PROTOCOLS_BY_NAME: Readonly<Record<string, readonly string[]>> = {
  http: ["http", "kubernetes.io/ws"],
  http2: ["kubernetes.io/h2c", "http2"],
  h2c: ["kubernetes.io/h2c"],
  grpc: ["kubernetes.io/h2c", "grpc"],
  https: ["https", "kubernetes.io/wss"],
  ws: ["kubernetes.io/ws"],
  wss: ["kubernetes.io/wss"],
};

const PROTOCOLS_IN_CEL = `{${Object.entries(PROTOCOLS_BY_NAME)
  .map(([name, protocols]) => `${quoted(name)}: ${quotedList(protocols)}`)
  .join(", ")}}`;

export const portNameProtocol = defineRule({
  meta: {
    id: "port-name-protocol",
    title: "A port named after a protocol has the matching appProtocol",
    fault: "the appProtocol of a port does not match its name",
    why:
      "Some meshes and load balancers go by the port's name, others by appProtocol only: a port named grpc without it " +
      "is plain TCP, or HTTP/1, to these.",
    group: "advice",
    types: ["ClusterIP", "NodePort", "LoadBalancer"],
  },
  parameters: {},
  messages: {
    missing: {
      text: "the port {name} has no appProtocol, and only some implementations derive it from the name",
      fix: "set appProtocol to {wanted}",
    },
    other: {
      text: "the appProtocol of the port {name} is {found}",
      fix: "set appProtocol to {wanted}, or name the port after its protocol",
    },
  },
  check: () => (service) => {
    if (isExternalName(service)) return [];
    return portsOf(service).flatMap(({ port: { name = "", appProtocol: found }, path }) => {
      const protocols = Object.hasOwn(PROTOCOLS_BY_NAME, name)
        ? PROTOCOLS_BY_NAME[name]
        : PROTOCOLS_BY_NAME[name.slice(0, Math.max(0, name.indexOf("-")))];
      if (protocols === undefined || (found !== undefined && protocols.includes(found))) return [];
      const facts = { name, wanted: protocols[0] };
      return [
        {
          says: found === undefined ? ("missing" as const) : ("other" as const),
          path: path.child("appProtocol"),
          found,
          facts,
        },
      ];
    });
  },
  cel: () => {
    const prefix = 'port.?name.orValue("").split("-")[0]';
    const protocols = `variables.protocolsByName[${prefix}]`;
    const isNamed = and('variables.type != "ExternalName"', `${prefix} in variables.protocolsByName`);
    const at = {
      each: EACH_PORT,
      path: "spec.ports[{index}].appProtocol",
      facts: { name: byCel("port.name"), wanted: byCel(`${protocols}[0]`) },
      variables: { protocolsByName: PROTOCOLS_IN_CEL },
    };
    return [
      { ...at, says: "missing", where: and(isNamed, "!has(port.appProtocol)") },
      {
        ...at,
        says: "other",
        where: and(isNamed, "has(port.appProtocol)", `!(port.appProtocol in ${protocols})`),
        found: byCel("port.appProtocol"),
      },
    ];
  },
  examples: {
    good: [
      {
        name: "appProtocol matches the name",
        spec: { ports: [{ name: "grpc", port: 9000, appProtocol: "kubernetes.io/h2c" }] },
      },
      { name: "a name that is not a protocol", spec: { ports: [{ name: "web", port: 80 }] } },
    ],
    bad: [
      {
        name: "no appProtocol",
        spec: { ports: [{ name: "grpc-api", port: 9000 }] },
        finds: ["spec.ports[0].appProtocol"],
      },
      {
        name: "appProtocol contradicts the name",
        spec: { ports: [{ name: "http", port: 80, appProtocol: "mysql" }] },
        finds: ["spec.ports[0].appProtocol"],
      },
    ],
  },
});
