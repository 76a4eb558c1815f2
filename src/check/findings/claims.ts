import { Path, valueAt } from "../../field/index.ts";
import { formatIP, parseIP } from "../../net/index.ts";
import type { CheckFinding } from "../../reports/model/index.ts";
import type { Service } from "../../service/schema/index.ts";
import type { KeyPath, Region } from "../../text/document/index.ts";
import type { CheckRule } from "./rule-texts.ts";

/** A request of a manifest for something that a cluster has only once: a name, a node port, an address. */
export interface Claim {
  readonly rule: CheckRule;
  /** Equal for all claims to the same thing. */
  readonly key: string;
  /** The claimed thing, as messages name it. */
  readonly description: string;
  readonly field: string;
  /** The location of the claim, relative to the manifest. */
  readonly keys: KeyPath;
}

/** A claim with its location in a file. */
export interface LocatedClaim extends Omit<Claim, "keys"> {
  readonly region: Region;
}

/**
 * The most pairs of external IP and port of one Service that are compared with those of other Services: each address is
 * combined with each port, and no cluster would route more.
 */
const MAX_PAIRS = 1000;

/** The claims of a Service. @param manifest the manifest as written @param service the same Service, decoded */
export function claimsOf(manifest: unknown, service: Service): Claim[] {
  const { name, namespace = "" } = service.metadata;
  const claims: Claim[] = [];
  if (name !== undefined && name !== "") {
    const description = `the Service ${namespace}/${name}`;
    claims.push({
      rule: "duplicate-name",
      key: `${namespace}/${name}`,
      description,
      field: "metadata.name",
      keys: ["metadata", "name"],
    });
  }
  return [...claims, ...portClaims(service), ...addressClaims(manifest, service)];
}

/**
 * Health check ports are allocated from the same range, and a port number belongs to one Service whatever the protocol.
 */
function portClaims({ spec }: Service): Claim[] {
  const claims = (spec.ports ?? []).map(({ nodePort }, index) =>
    portClaim(nodePort, ["spec", "ports", index, "nodePort"]),
  );
  return [...claims, portClaim(spec.healthCheckNodePort, ["spec", "healthCheckNodePort"])].flat();
}

function portClaim(port: number | undefined, keys: KeyPath): Claim[] {
  if (port === undefined || port === 0) return [];
  const field = Path.of(keys).toString();
  return [{ rule: "node-port-twice", key: String(port), description: `the node port ${port}`, field, keys }];
}

function addressClaims(manifest: unknown, { spec }: Service): Claim[] {
  const second = valueAt(manifest, ["spec", "clusterIPs", 1]);
  const claims = [
    ...clusterClaim(valueAt(manifest, ["spec", "clusterIP"]), ["spec", "clusterIP"]),
    ...clusterClaim(second, ["spec", "clusterIPs", 1]),
  ];
  let pairs = 0;
  for (const [index, address] of (spec.externalIPs ?? []).entries()) {
    for (const { port, protocol = "TCP" } of spec.ports ?? []) {
      if (++pairs > MAX_PAIRS) return claims;
      const description = `the external IP ${address} with port ${port}/${protocol}`;
      const keys = ["spec", "externalIPs", index];
      const key = `${canonical(address)} ${port}/${protocol}`;
      claims.push({ rule: "external-ip-twice", key, description, field: Path.of(keys).toString(), keys });
    }
  }
  return claims;
}

function clusterClaim(address: unknown, keys: KeyPath): Claim[] {
  if (typeof address !== "string" || address === "" || address === "None") return [];
  const description = `the cluster IP ${address}`;
  return [{ rule: "cluster-ip-twice", key: canonical(address), description, field: Path.of(keys).toString(), keys }];
}

/** The canonical spelling: one IP address can be written in several ways. */
function canonical(address: string): string {
  const ip = parseIP(address);
  return ip === undefined ? address : formatIP(ip);
}

/** A conflict between two claims, as a finding without file, frame and fingerprint. */
export type ClaimConflict = Pick<CheckFinding, "severity" | "rule" | "field" | "region" | "message" | "fix">;

/** The first Service that claims something. */
interface Owner {
  readonly service: string;
  readonly file: string;
  readonly line: number;
}

const OUTCOMES: Partial<Record<CheckRule, { readonly severity: "error" | "warning"; readonly fix: string }>> = {
  "duplicate-name": { severity: "warning", fix: "give it another name or namespace, or keep one of the two" },
  "node-port-twice": { severity: "error", fix: "leave nodePort out of one of them and let the server pick" },
  "cluster-ip-twice": { severity: "error", fix: "leave clusterIP out of one of them and let the server pick" },
  "external-ip-twice": { severity: "warning", fix: "give one of them another address or port" },
};

/** The claims of a whole run. Nothing else is kept of a manifest: a few bytes for each claim. */
export class Claims {
  readonly #owners = new Map<string, Map<string, Owner>>();
  /** The current file's name, kept once for all claims of its Services. */
  #file = "";

  /** Adds the claims of one Service; returns the conflicts with claims of the same set that were added before. */
  add(
    claims: readonly LocatedClaim[],
    service: string,
    { file, set }: { readonly file: string; readonly set: string },
  ): ClaimConflict[] {
    const conflicts: ClaimConflict[] = [];
    if (this.#file !== file) this.#file = flat(file);
    const name = flat(service);
    for (const { rule, key, description, field, region } of claims) {
      const outcome = OUTCOMES[rule];
      const owners = this.#ownersOf(set, rule);
      const owner = owners.get(key);
      if (owner === undefined) {
        const own = key === service ? name : flat(key);
        owners.set(own, { service: name, file: this.#file, line: region.startLine });
        continue;
      }
      // The same object twice, as in one folder per environment, is reported once: for its name.
      if (outcome === undefined || (owner.service === service && rule !== "duplicate-name")) continue;
      const location = `${owner.file}:${owner.line}`;
      const message =
        rule === "duplicate-name"
          ? `${description} is defined already at ${location}: the one applied later replaces the other`
          : `${description} is asked for already by ${owner.service} at ${location}`;
      conflicts.push({ severity: outcome.severity, rule, field, region, message, fix: outcome.fix });
    }
    return conflicts;
  }

  #ownersOf(set: string, rule: CheckRule): Map<string, Owner> {
    const key = `${rule} ${set}`;
    const existing = this.#owners.get(key);
    if (existing !== undefined) return existing;
    const owners = new Map<string, Owner>();
    this.#owners.set(key, owners);
    return owners;
  }
}

/**
 * A copy with memory of its own. V8 implements a substring as a reference into the whole string, and a concatenation as
 * references to its parts: without the copy, a name would keep its whole manifest in memory.
 */
function flat(text: string): string {
  const copy: unknown = JSON.parse(JSON.stringify(text));
  return typeof copy === "string" ? copy : text;
}
