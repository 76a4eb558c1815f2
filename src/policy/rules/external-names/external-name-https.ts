import { and, or, quoted } from "../../in-cel/index.ts";
import { byCel, defineRule, EACH_PORT, isExternalName, portsOf } from "../kit/index.ts";

const TLS = /^(https|tls|wss|ssl)(-|$)/;

export const externalNameHttps = defineRule({
  meta: {
    id: "external-name-https",
    title: "An ExternalName does not serve TLS",
    fault: "TLS is served through an ExternalName Service",
    why:
      "An ExternalName is a DNS alias: clients ask for the Service's name, in the Host header and in the TLS " +
      "handshake, and the host behind it has a certificate for another name.",
    group: "advice",
    types: ["ExternalName"],
  },
  parameters: {},
  messages: {
    tls: {
      text: "TLS through an ExternalName fails: the certificate of the host is not valid for the name of the Service",
      fix: "have clients connect to {host} directly",
    },
  },
  check: () => (service) => {
    if (!isExternalName(service)) return [];
    const facts = { host: service.spec.externalName };
    return portsOf(service).flatMap(({ port: { port: found, name = "", appProtocol = "" }, path }) => {
      const isTLS = found === 443 || TLS.test(name) || appProtocol === "https" || appProtocol === "kubernetes.io/wss";
      return isTLS ? [{ says: "tls", path: path.child("port"), found, facts }] : [];
    });
  },
  cel: () => [
    {
      says: "tls",
      each: EACH_PORT,
      where: and(
        'variables.type == "ExternalName"',
        or(
          "port.port == 443",
          `port.?name.orValue("").matches(${quoted(TLS.source)})`,
          'port.?appProtocol.orValue("") in ["https", "kubernetes.io/wss"]',
        ),
      ),
      path: "spec.ports[{index}].port",
      found: byCel("string(port.port)"),
      facts: { host: byCel('object.spec.?externalName.orValue("(none)")') },
    },
  ],
  examples: {
    good: [
      {
        name: "no ports",
        spec: { type: "ExternalName", externalName: "db.example.com", ports: null, selector: null },
      },
    ],
    bad: [
      {
        name: "HTTPS",
        spec: { type: "ExternalName", externalName: "www.example.com", ports: [{ port: 443 }], selector: null },
        finds: ["spec.ports[0].port"],
      },
    ],
  },
});
