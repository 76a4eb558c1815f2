import { dnsClaims, mayShareName } from "../../../inventory/claims/index.ts";
import { defineRule } from "../kit/index.ts";
import { CANNOT } from "./cannot.ts";
import { contested } from "./conflicts.ts";
import { otherService } from "./example-service.ts";

const HOSTNAME = "external-dns.alpha.kubernetes.io/hostname";
const SET_IDENTIFIER = "external-dns.alpha.kubernetes.io/set-identifier";

export const uniqueDNSName = defineRule({
  meta: {
    id: "unique-dns-name",
    title: "No other Service asks external-dns for the same name",
    fault: "two Services ask external-dns for the same name",
    why:
      "external-dns makes one record with the addresses of both, so that clients reach one or the other, or one record " +
      "replaces the other. Some teams want just that, and tell the records apart by set-identifier: such Services are not " +
      "found. Names are compared one by one, in any case, with or without a dot at the end; those of hostname and those of " +
      "internal-hostname apart. An update is found only for the names that it adds.",
    group: "team",
    inStatus: ["annotations"],
    needs: ["services"],
  },
  parameters: {},
  messages: {
    claimed: {
      text: "the DNS name {found} is also that of {services}",
      fix: "use a name of its own, or give the record of each Service a set-identifier",
    },
  },
  check: () => (service, context) =>
    contested(service, context, dnsClaims, (_, one, other) => !mayShareName(one, other)).map((found) => ({
      says: "claimed",
      ...found,
    })),
  cel: CANNOT,
  examples: {
    good: [
      {
        name: "a name of its own",
        metadata: { annotations: { [HOSTNAME]: "shop.example.com" } },
        others: [otherService("web", {}, { annotations: { [HOSTNAME]: "www.example.com" } })],
      },
      {
        name: "one name with records of their own",
        metadata: { annotations: { [HOSTNAME]: "shop.example.com", [SET_IDENTIFIER]: "eu" } },
        others: [
          otherService("shop-us", {}, { annotations: { [HOSTNAME]: "shop.example.com", [SET_IDENTIFIER]: "us" } }),
        ],
      },
    ],
    bad: [
      {
        name: "one of the names is that of another Service",
        metadata: { annotations: { [HOSTNAME]: "shop.example.com, www.example.com" } },
        others: [otherService("web", {}, { namespace: "team-b", annotations: { [HOSTNAME]: "WWW.example.com." } })],
        finds: [`metadata.annotations[${HOSTNAME}]`],
      },
    ],
  },
});
