import { defineRule } from "./rule.ts";
import { isExternalName, portsOf } from "./shared.ts";

/** What a port of this name (or whose name begins with it and a hyphen) speaks; the first is the one to suggest. */
const SPEAKS: Readonly<Record<string, readonly string[]>> = {
  http: ["http", "kubernetes.io/ws"],
  http2: ["kubernetes.io/h2c", "http2"],
  h2c: ["kubernetes.io/h2c"],
  grpc: ["kubernetes.io/h2c", "grpc"],
  https: ["https", "kubernetes.io/wss"],
  ws: ["kubernetes.io/ws"],
  wss: ["kubernetes.io/wss"],
};

export const portNameProtocol = defineRule({
  meta: {
    id: "port-name-protocol",
    title: "A port named after a protocol says so in appProtocol",
    why:
      "Some meshes and load balancers go by the port's name, others by appProtocol only: a port named grpc without it " +
      "is plain TCP, or HTTP/1, to these.",
    group: "advice",
  },
  parameters: {},
  messages: {
    missing: {
      text: "the port {name} has no appProtocol: only some implementations go by its name",
      fix: "set appProtocol to {wanted}",
    },
    other: {
      text: "the port {name} speaks {found} by its appProtocol",
      fix: "set appProtocol to {wanted}, or name the port after what it speaks",
    },
  },
  check: () => (service) => {
    if (isExternalName(service)) return [];
    return portsOf(service).flatMap(({ port: { name = "", appProtocol: found }, path }) => {
      const speaks = Object.hasOwn(SPEAKS, name) ? SPEAKS[name] : SPEAKS[name.slice(0, Math.max(0, name.indexOf("-")))];
      if (speaks === undefined || (found !== undefined && speaks.includes(found))) return [];
      const facts = { name, wanted: speaks[0] };
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
  examples: {
    good: [
      { name: "said", spec: { ports: [{ name: "grpc", port: 9000, appProtocol: "kubernetes.io/h2c" }] } },
      { name: "a name that is no protocol", spec: { ports: [{ name: "web", port: 80 }] } },
    ],
    bad: [
      { name: "not said", spec: { ports: [{ name: "grpc-api", port: 9000 }] }, finds: ["spec.ports[0].appProtocol"] },
      {
        name: "said otherwise",
        spec: { ports: [{ name: "http", port: 80, appProtocol: "mysql" }] },
        finds: ["spec.ports[0].appProtocol"],
      },
    ],
  },
});
