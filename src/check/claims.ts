import { valueAt } from "../field/json.ts";
import { formatIP, parseIP } from "../net/ip.ts";
import type { Service } from "../service/types.ts";
import { Path } from "../field/path.ts";
import type { Keys, Region } from "../text/index.ts";
import type { CheckRule } from "./rule-texts.ts";
import type { CheckFinding } from "./types.ts";

/** Something that a cluster gives only once, and that a manifest asks for. */
export interface Claim {
  readonly rule: CheckRule;
  /** The same for all that ask for the same thing. */
  readonly key: string;
  /** The thing, in words. */
  readonly thing: string;
  readonly field: string;
  /** Where it is asked for, below the manifest. */
  readonly keys: Keys;
}

/** A claim with its place in a file. */
export interface PlacedClaim extends Omit<Claim, "keys"> {
  readonly region: Region;
}

/** Each address goes with each port. More than these no cluster would route, and are not compared with other Services. */
const MOST_PAIRS = 1000;

/** What a Service asks for by name. @param given the manifest as it is written @param service the same, decoded */
export function claimsOf(given: unknown, service: Service): Claim[] {
  const { name, namespace = "" } = service.metadata;
  const claims: Claim[] = [];
  if (name !== undefined && name !== "") {
    const thing = `the Service ${namespace}/${name}`;
    claims.push({
      rule: "duplicate-name",
      key: `${namespace}/${name}`,
      thing,
      field: "metadata.name",
      keys: ["metadata", "name"],
    });
  }
  return [...claims, ...portClaims(service), ...addressClaims(given, service)];
}

/** Health checks are given ports from the same range, and one number serves one Service, whatever the protocol. */
function portClaims({ spec }: Service): Claim[] {
  const asked = (spec.ports ?? []).map(({ nodePort }, index) =>
    portClaim(nodePort, ["spec", "ports", index, "nodePort"]),
  );
  return [...asked, portClaim(spec.healthCheckNodePort, ["spec", "healthCheckNodePort"])].flat();
}

function portClaim(port: number | undefined, keys: Keys): Claim[] {
  if (port === undefined || port === 0) return [];
  const field = Path.of(keys).toString();
  return [{ rule: "node-port-twice", key: String(port), thing: `the node port ${port}`, field, keys }];
}

function addressClaims(given: unknown, { spec }: Service): Claim[] {
  const second = valueAt(given, ["spec", "clusterIPs", 1]);
  const claims = [
    ...clusterClaim(valueAt(given, ["spec", "clusterIP"]), ["spec", "clusterIP"]),
    ...clusterClaim(second, ["spec", "clusterIPs", 1]),
  ];
  let pairs = 0;
  for (const [index, address] of (spec.externalIPs ?? []).entries()) {
    for (const { port, protocol = "TCP" } of spec.ports ?? []) {
      if (++pairs > MOST_PAIRS) return claims;
      const thing = `the external IP ${address} with port ${port}/${protocol}`;
      const keys = ["spec", "externalIPs", index];
      const key = `${canonical(address)} ${port}/${protocol}`;
      claims.push({ rule: "external-ip-twice", key, thing, field: Path.of(keys).toString(), keys });
    }
  }
  return claims;
}

function clusterClaim(address: unknown, keys: Keys): Claim[] {
  if (typeof address !== "string" || address === "" || address === "None") return [];
  const thing = `the cluster IP ${address}`;
  return [{ rule: "cluster-ip-twice", key: canonical(address), thing, field: Path.of(keys).toString(), keys }];
}

/** One address has several spellings. */
function canonical(address: string): string {
  const ip = parseIP(address);
  return ip === undefined ? address : formatIP(ip);
}

/** What a claim is refused for: what a finding needs beside file, frame and fingerprint. */
export type Clash = Pick<CheckFinding, "severity" | "rule" | "field" | "region" | "message" | "fix">;

/** Who has asked first. */
interface Owner {
  readonly service: string;
  readonly file: string;
  readonly line: number;
}

const WORDS: Partial<Record<CheckRule, { readonly severity: "error" | "warning"; readonly fix: string }>> = {
  "duplicate-name": { severity: "warning", fix: "give it another name or namespace, or keep one of the two" },
  "node-port-twice": { severity: "error", fix: "leave nodePort out of one of them and let the server pick" },
  "cluster-ip-twice": { severity: "error", fix: "leave clusterIP out of one of them and let the server pick" },
  "external-ip-twice": { severity: "warning", fix: "give one of them another address or port" },
};

/** The claims of a whole run: a few bytes for each, which is all that is kept of a manifest. */
export class Claims {
  readonly #owners = new Map<CheckRule, Map<string, Owner>>();
  /** Files have many Services, and each is named once. */
  #file = "";

  /** Takes in what one Service asks for; returns what somebody else has asked for already. */
  add(claims: readonly PlacedClaim[], service: string, file: string): Clash[] {
    const clashes: Clash[] = [];
    if (this.#file !== file) this.#file = flat(file);
    const name = flat(service);
    for (const { rule, key, thing, field, region } of claims) {
      const words = WORDS[rule];
      const owners = this.#ownersOf(rule);
      const owner = owners.get(key);
      if (owner === undefined) {
        const own = key === service ? name : flat(key);
        owners.set(own, { service: name, file: this.#file, line: region.startLine });
        continue;
      }
      // The same object twice, as in a folder for each environment, is said once, about its name.
      if (words === undefined || (owner.service === service && rule !== "duplicate-name")) continue;
      const place = `${owner.file}:${owner.line}`;
      const message =
        rule === "duplicate-name"
          ? `${thing} is defined already at ${place}: the one applied later replaces the other`
          : `${thing} is asked for already by ${owner.service} at ${place}`;
      clashes.push({ severity: words.severity, rule, field, region, message, fix: words.fix });
    }
    return clashes;
  }

  #ownersOf(rule: CheckRule): Map<string, Owner> {
    const known = this.#owners.get(rule);
    if (known !== undefined) return known;
    const owners = new Map<string, Owner>();
    this.#owners.set(rule, owners);
    return owners;
  }
}

/**
 * A copy that stands for itself: a text cut from a manifest holds on to all of the manifest, and one put together of
 * several holds on to each.
 */
function flat(text: string): string {
  const copy: unknown = JSON.parse(JSON.stringify(text));
  return typeof copy === "string" ? copy : text;
}
