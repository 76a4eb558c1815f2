import type { Path } from "../../../field/index.ts";
import { contains, formatIP, parseCIDR, parseIP } from "../../../net/index.ts";
import type { Service } from "../../../service/schema/index.ts";
import { and, hasGroup, isInRanges, matchesGlobs, not, or, TRUE, USER_NAME } from "../../in-cel/index.ts";
import { compileGlobs } from "../../match/index.ts";
import { listOf, text, withDefault } from "../../schema/index.ts";
import { byCel, type CelFinding, defineRule, STATUS, type Violation } from "../kit/index.ts";

/** A hostname as the rule compares it. */
const HOST = '[one.hostname.lowerAscii()].map(host, host.endsWith(".") ? host.substring(0, size(host) - 1) : host)[0]';

const names = (description: string) =>
  withDefault(listOf(description, text("a name, with * and ?", { format: "user-glob" })), []);

export const statusAddresses = defineRule({
  meta: {
    id: "status-addresses",
    title: "Only allowed addresses are written to a status, and only by allowed users",
    fault: "a status has an address that is not allowed, or comes from a user who is not",
    why:
      "Nodes send what goes to an address in status.loadBalancer to the Service: anyone who may write statuses can claim " +
      "any address with it, as with spec.externalIPs (CVE-2020-8554).",
    group: "team",
    operations: [],
    inStatus: ["addresses"],
  },
  parameters: {
    addresses: withDefault(
      listOf("ranges that the addresses may lie in", text("an address range", { format: "cidr" })),
      [],
    ),
    hostnames: withDefault(
      listOf("hostnames that may be written", text("a hostname, with * and ?", { format: "name-glob" })),
      [],
    ),
    users: names("who may write addresses: user names; if groups is absent as well, anyone who may write statuses"),
    groups: names("who may write addresses: groups"),
  },
  verify: ({ addresses, hostnames, users, groups }) =>
    addresses.length + hostnames.length + users.length + groups.length > 0
      ? undefined
      : "must say which addresses may be written (addresses, hostnames), or by whom (users, groups)",
  messages: {
    writer: {
      text: "{user} may not write addresses into the status of a Service; found {found}",
      fix: "leave status.loadBalancer to the load balancer's controller",
    },
    address: {
      text: "the load balancer's address must be in {allowed}, not {found}",
      fix: "use an address in {allowed}",
    },
    hostname: {
      text: "the load balancer's hostname must be one of {allowed}, not {found}",
      fix: "use one of {allowed}",
    },
  },
  check: ({ addresses, hostnames, users, groups }) => {
    const ranges = addresses.map(parseCIDR).filter((range) => range !== undefined);
    const [isUser, isGroup, isHostname] = [compileGlobs(users), compileGlobs(groups), compileGlobs(hostnames)];
    const isAnyoneAllowed = users.length + groups.length === 0;
    const isAnyAddressAllowed = addresses.length + hostnames.length === 0;
    const isInRanges = (found: string): boolean => {
      const ip = parseIP(found);
      return ip !== undefined && ranges.some((range) => contains(range, ip));
    };
    return (service, { oldService, facts: { user } }) => {
      const mayWrite = isAnyoneAllowed || user === undefined || isUser(user.name) || user.groups.some(isGroup);
      return newEntries(service, oldService).flatMap(
        ({ found, field, path }): Violation<"writer" | "address" | "hostname">[] => {
          if (!mayWrite) return [{ says: "writer", path, found, facts: { user: user.name } }];
          if (isAnyAddressAllowed) return [];
          if (field === "ip") {
            return isInRanges(found) ? [] : [{ says: "address", path, found, facts: { allowed: listText(addresses) } }];
          }
          const isAllowed = isHostname(found.toLowerCase().replace(/\.$/, ""));
          return isAllowed ? [] : [{ says: "hostname", path, found, facts: { allowed: listText(hostnames) } }];
        },
      );
    };
  },
  cel: ({ addresses, hostnames, users, groups }) => {
    const newEntries = (field: "ip" | "hostname") => ({
      each: { of: "variables.addresses", names: ["index", "one"] as const },
      isNew: and(
        `one.?${field}.orValue("") != ""`,
        `!variables.storedAddresses.exists(known, known.?${field}.orValue("") == one.${field})`,
      ),
      path: `status.loadBalancer.ingress[{index}].${field}`,
      found: byCel(`one.${field}`),
    });
    const mayWrite = users.length + groups.length === 0 ? TRUE : or(matchesGlobs(USER_NAME, users), hasGroup(groups));
    const isAnyAddressAllowed = addresses.length + hostnames.length === 0;
    return (["ip", "hostname"] as const).flatMap((field): CelFinding<"writer" | "address" | "hostname">[] => {
      const { each, isNew, path, found } = newEntries(field);
      const [allowed, isAllowed] =
        field === "ip" ? [addresses, isInRanges("one.ip", addresses)] : [hostnames, matchesGlobs(HOST, hostnames)];
      const writer = { says: "writer" as const, where: and(not(mayWrite), isNew), facts: { user: byCel(USER_NAME) } };
      const address = {
        says: field === "ip" ? ("address" as const) : ("hostname" as const),
        where: and(mayWrite, isNew, not(isAllowed)),
        facts: { allowed: listText(allowed) },
      };
      return [...(mayWrite === TRUE ? [] : [writer]), ...(isAnyAddressAllowed ? [] : [address])].map((finding) => ({
        ...finding,
        each,
        path,
        found,
      }));
    });
  },
  examples: {
    good: [
      {
        name: "an allowed address",
        operation: "status",
        parameters: { addresses: ["198.51.100.0/24"] },
        ...written({ ip: "198.51.100.7" }),
      },
      {
        name: "written by an allowed user",
        operation: "status",
        parameters: { users: ["system:serviceaccount:metallb-system:controller"] },
        user: { name: "system:serviceaccount:metallb-system:controller", groups: [] },
        ...written({ ip: "203.0.113.7" }),
      },
      {
        name: "an address that is already stored",
        operation: "status",
        parameters: { addresses: ["198.51.100.0/24"] },
        ...written({ ip: "203.0.113.7" }),
        old: { spec: { type: "LoadBalancer" }, status: { loadBalancer: { ingress: [{ ip: "203.0.113.7" }] } } },
      },
    ],
    bad: [
      {
        name: "other addresses",
        operation: "status",
        parameters: { addresses: ["198.51.100.0/24"] },
        ...written({ ip: "203.0.113.7" }, { hostname: "lb.example.com" }),
        finds: ["status.loadBalancer.ingress[0].ip", "status.loadBalancer.ingress[1].hostname"],
      },
      {
        name: "written by another user",
        operation: "status",
        parameters: { users: ["system:serviceaccount:metallb-system:controller"] },
        user: { name: "jo", groups: ["developers"] },
        ...written({ ip: "198.51.100.7" }),
        finds: ["status.loadBalancer.ingress[0].ip"],
      },
      {
        name: "a hostname that is not allowed",
        operation: "status",
        parameters: { hostnames: ["*.elb.example.com"] },
        ...written({ hostname: "a.example.com" }),
        finds: ["status.loadBalancer.ingress[0].hostname"],
      },
    ],
  },
});

function written(...ingress: readonly object[]) {
  const spec = { type: "LoadBalancer" };
  return { old: { spec }, spec, status: { loadBalancer: { ingress } } };
}

function listText(allowed: readonly string[]): string {
  return allowed.length === 0 ? "none" : allowed.join(", ");
}

interface Entry {
  readonly field: "ip" | "hostname";
  readonly found: string;
  readonly path: Path;
}

/** The entries that the stored status does not have: keeping or removing an address is always allowed. */
function newEntries(service: Service, stored: Service | undefined): readonly Entry[] {
  const known = new Set(stored === undefined ? [] : entriesOf(stored).map(identity));
  return entriesOf(service).filter((entry) => !known.has(identity(entry)));
}

function entriesOf({ status }: Service): readonly Entry[] {
  return (status.loadBalancer.ingress ?? []).flatMap((one, index) =>
    (["ip", "hostname"] as const).flatMap((field) => {
      const { [field]: found } = one;
      const path = STATUS.child("loadBalancer").child("ingress").index(index).child(field);
      return found === undefined || found === "" ? [] : [{ field, found, path }];
    }),
  );
}

function identity({ field, found }: Entry): string {
  const ip = field === "ip" ? parseIP(found) : undefined;
  return `${field} ${ip === undefined ? found : formatIP(ip)}`;
}
