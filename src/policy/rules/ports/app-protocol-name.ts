import { isPortName } from "../../../service/schema/index.ts";
import { and, isOneOf, not } from "../../in-cel/index.ts";
import { byCel, defineRule, EACH_PORT, isExternalName, portsOf, type Violation } from "../kit/index.ts";

/** Names that Kubernetes defines under its own prefix, with their full names. */
const PREFIXED: ReadonlyMap<string, string> = new Map(
  ["h2c", "ws", "wss"].map((name) => [name, `kubernetes.io/${name}`]),
);

export const appProtocolName = defineRule({
  meta: {
    id: "app-protocol-name",
    title: "appProtocol is an IANA service name, or has a prefix",
    fault: "an appProtocol is not an IANA service name and has no prefix",
    why: "Names without a prefix are IANA service names; the API server does not check them, and implementations ignore names that they do not know.",
    group: "advice",
    types: ["ClusterIP", "NodePort", "LoadBalancer"],
  },
  parameters: {},
  messages: {
    prefixed: { text: "the application protocol {found} is not known without its prefix", fix: "write {wanted}" },
    syntax: {
      text: "the application protocol {found} is not a valid IANA service name (up to 15 of a-z, 0-9 and inner hyphens)",
      fix: "use an IANA name such as http, or a prefix of your own, such as example.com/{found}",
    },
  },
  check: () => (service) =>
    isExternalName(service)
      ? []
      : portsOf(service).flatMap(({ port: { appProtocol: found }, path }): Violation<"prefixed" | "syntax">[] => {
          const at = path.child("appProtocol");
          if (found === undefined || found === "" || found.includes("/")) return [];
          const wanted = PREFIXED.get(found.toLowerCase());
          if (wanted !== undefined) return [{ says: "prefixed", path: at, found, facts: { wanted } }];
          return isPortName(found) ? [] : [{ says: "syntax", path: at, found }];
        }),
  cel: () => {
    const found = 'port.?appProtocol.orValue("")';
    const isPlain = and('variables.type != "ExternalName"', `${found} != ""`, `!${found}.contains("/")`);
    const isPrefixed = isOneOf(`${found}.lowerAscii()`, [...PREFIXED.keys()]);
    const at = { each: EACH_PORT, path: "spec.ports[{index}].appProtocol", found: byCel("port.appProtocol") };
    return [
      {
        ...at,
        says: "prefixed",
        where: and(isPlain, isPrefixed),
        facts: { wanted: byCel('"kubernetes.io/" + port.appProtocol.lowerAscii()') },
      },
      {
        ...at,
        says: "syntax",
        where: and(
          isPlain,
          not(isPrefixed),
          // See `isPortName`: up to 15 of a-z, 0-9 and single inner hyphens, with a letter.
          not(and(`size(${found}) <= 15`, `${found}.matches("^[a-z0-9]+(-[a-z0-9]+)*$")`, `${found}.matches("[a-z]")`)),
        ),
      },
    ];
  },
  examples: {
    good: [
      { name: "an IANA name", spec: { ports: [{ port: 80, appProtocol: "http" }] } },
      { name: "a name defined by Kubernetes", spec: { ports: [{ port: 80, appProtocol: "kubernetes.io/h2c" }] } },
    ],
    bad: [
      {
        name: "a name of Kubernetes without its prefix",
        spec: { ports: [{ port: 80, appProtocol: "h2c" }] },
        finds: ["spec.ports[0].appProtocol"],
      },
      {
        name: "capital letters",
        spec: { ports: [{ port: 80, appProtocol: "HTTP" }] },
        finds: ["spec.ports[0].appProtocol"],
      },
    ],
  },
});
