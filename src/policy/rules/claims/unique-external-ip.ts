import { externalIPClaims, sharePort } from "../../../inventory/claims/index.ts";
import { oneOf, withDefault } from "../../schema/index.ts";
import { defineRule } from "../kit/index.ts";
import { CANNOT } from "./cannot.ts";
import { contested } from "./conflicts.ts";
import { otherService } from "./example-service.ts";

export const uniqueExternalIP = defineRule({
  meta: {
    id: "unique-external-ip",
    title: "No other Service has the same external IP",
    fault: "two Services have the same external IP",
    why:
      "The nodes send what arrives for an external IP and a port to one Service; if two have claimed it, which one depends on " +
      "the proxy and on the order of their rules. An address is compared as an address, not as a text. An update is found only " +
      "for what it newly claims.",
    group: "consistency",
    types: ["ClusterIP", "NodePort", "LoadBalancer"],
    needs: ["services"],
  },
  parameters: {
    compare: withDefault(
      oneOf(
        "port: two Services may have one address if they have no port (number and protocol) in common; address: they may not",
        ["port", "address"],
      ),
      "port",
    ),
  },
  messages: {
    port: {
      text: "the external IP {found} is also that of {services}, with a port in common",
      fix: "use another address or port",
    },
    address: { text: "the external IP {found} is also that of {services}", fix: "use an address of its own" },
  },
  check:
    ({ compare }) =>
    (service, context) =>
      contested(
        service,
        context,
        externalIPClaims,
        (_, one, other) => compare === "address" || sharePort(one, other),
      ).map((found) => ({ says: compare, ...found })),
  cel: CANNOT,
  examples: {
    good: [
      {
        name: "an address of its own",
        spec: { externalIPs: ["198.51.100.7"] },
        others: [otherService("web", { externalIPs: ["198.51.100.8"] })],
      },
      {
        name: "another port of the address",
        spec: { externalIPs: ["198.51.100.7"], ports: [{ port: 443 }] },
        others: [otherService("web", { externalIPs: ["198.51.100.7"] })],
      },
    ],
    bad: [
      {
        name: "an address and port of another Service",
        spec: { externalIPs: ["2001:db8::7"] },
        others: [otherService("web", { externalIPs: ["2001:DB8:0::7"] }, { namespace: "team-b" })],
        finds: ["spec.externalIPs[0]"],
      },
      {
        name: "an address of another Service",
        parameters: { compare: "address" },
        spec: { externalIPs: ["198.51.100.7"], ports: [{ port: 443 }] },
        others: [otherService("web", { externalIPs: ["198.51.100.7"] })],
        finds: ["spec.externalIPs[0]"],
      },
    ],
  },
});
