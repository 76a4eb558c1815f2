import type { Identity } from "../before/index.ts";
import type { CheckFinding } from "../model/index.ts";
import type { ClaimRule, LocatedClaim } from "./claims.ts";

/** A set of manifests that are applied together, and what becomes of their names there. */
export interface ClaimSet {
  /** Equal for all files of the set. */
  readonly name: string;
  /** Whether nothing but the folder says that the set is applied together. */
  readonly isAssumed?: boolean;
  readonly namespace?: string | undefined;
  readonly prefix?: string;
  readonly suffix?: string;
}

/** A conflict between two claims, as a finding without file, frame and fingerprint. */
export type ClaimConflict = Pick<
  CheckFinding,
  "severity" | "rule" | "field" | "region" | "message" | "fix" | "service"
>;

/** A conflict that is none if the whole file is a variant of others. */
export interface PossibleConflict {
  readonly conflict: ClaimConflict;
  readonly mayBeVariant: boolean;
}

/** The first Service that claims something. */
export interface ClaimOwner {
  readonly service: string;
  readonly file: string;
  readonly line: number;
}

const OUTCOMES: Readonly<Record<ClaimRule, { readonly severity: "error" | "warning"; readonly fix: string }>> = {
  "duplicate-name": { severity: "warning", fix: "give it another name or namespace, or keep one of the two" },
  "node-port-twice": { severity: "error", fix: "leave nodePort out of one of them and let the server pick" },
  "cluster-ip-twice": { severity: "error", fix: "leave clusterIP out of one of them and let the server pick" },
  "external-ip-twice": { severity: "warning", fix: "give one of them another address or port" },
};

/** What a file's Services are when its set is applied. */
interface Applied {
  readonly identity: Identity;
  readonly service: string;
  readonly file: string;
}

/** The first owners of what is claimed: by the kind of claim and the set of manifests, and in it by what is claimed. */
export type ClaimOwners = ReadonlyMap<string, ReadonlyMap<string, ClaimOwner>>;

/** The owner of something that was claimed elsewhere, by the two keys of {@link ClaimOwners}. */
export type EarlierOwner = (group: string, key: string) => ClaimOwner | undefined;

/** The claims of a whole run, or of a file. Nothing else is kept of a manifest: a few bytes for each claim. */
export class Claims {
  readonly #owners = new Map<string, Map<string, ClaimOwner>>();
  readonly #earlier: EarlierOwner | undefined;
  /** The current file's name, kept once for all claims of its Services. */
  #file = "";

  /** @param earlier what was claimed before all that is added here, for who keeps the claims of each file apart */
  constructor(earlier?: EarlierOwner) {
    this.#earlier = earlier;
  }

  /** The first owners among those that were added. */
  get owners(): ClaimOwners {
    return this.#owners;
  }

  /**
   * Adds the claims of one Service, in each set of manifests that its file belongs to. Two sets are never in one cluster.
   * @returns the conflicts with claims that were added before; a Service whose base is in several sets has each one once
   */
  add(
    claims: readonly LocatedClaim[],
    identity: Identity,
    file: string,
    sets: readonly ClaimSet[],
  ): PossibleConflict[] {
    if (this.#file !== file) this.#file = flat(file);
    const conflicts = new Map<LocatedClaim, PossibleConflict>();
    for (const set of sets) {
      const service = flat(appliedName(identity, set));
      for (const claim of claims) {
        const conflict = this.#addTo(set, claim, { identity, service, file: this.#file });
        if (conflict !== undefined && !conflicts.has(claim)) conflicts.set(claim, conflict);
      }
    }
    return [...conflicts.values()];
  }

  #addTo(set: ClaimSet, claim: LocatedClaim, { identity, service, file }: Applied): PossibleConflict | undefined {
    const { rule, field, region } = claim;
    const isName = rule === "duplicate-name";
    const isAssumed = isName && set.isAssumed === true;
    // Folders that nothing joins are applied one by one, and a Service of the same name in another one is the same Service.
    const group = `${rule} ${set.name}${isAssumed ? ` ${folderOf(file)}` : ""}`;
    const owners = this.#ownersOf(group);
    const key = isName ? service : claim.key;
    const own = owners.get(key);
    if (own === undefined) owners.set(isName ? service : flat(key), { service, file, line: region.startLine });
    const owner = this.#earlier?.(group, key) ?? own;
    if (owner === undefined) return undefined;
    const outcome = OUTCOMES[rule];
    // The same object twice is reported once: for its name.
    if (owner.service === service && !isName) return undefined;
    if (isAssumed && areVariants(owner.file, file, service)) return undefined;
    const location = `${owner.file}:${owner.line}`;
    const message = isName
      ? `the Service ${service} is already defined at ${location}: the one applied later replaces the other`
      : `${claim.description} is already requested by ${owner.service} at ${location}`;
    const conflict = { severity: outcome.severity, rule, field, region, message, fix: outcome.fix, service: identity };
    return { conflict, mayBeVariant: isAssumed && owner.file !== file };
  }

  #ownersOf(key: string): Map<string, ClaimOwner> {
    const existing = this.#owners.get(key);
    if (existing !== undefined) return existing;
    const owners = new Map<string, ClaimOwner>();
    this.#owners.set(key, owners);
    return owners;
  }
}

const VERSION = /\d+(?:[._]\d+)+/;

/**
 * Whether the names of two files say that they are two ways to have one Service: each holds the Service's name, as in
 * `web.yaml` and `web-nodeport.yaml`, or they differ by a version. A copy whose Service was not renamed is named for
 * another one.
 */
function areVariants(one: string, other: string, service: string): boolean {
  if (one === other) return false;
  const name = service.slice(service.indexOf("/") + 1);
  const [first, second] = [stemOf(one), stemOf(other)];
  if (holdsName(first, name) && holdsName(second, name)) return true;
  return VERSION.test(first) && first.replace(VERSION, "") === second.replace(VERSION, "");
}

/** Paths are compared as they are written, on all operating systems: this reads no disk. */
function folderOf(file: string): string {
  return /^(.*)[\\/]/s.exec(file)?.[1] ?? ".";
}

/** The file's name without its extension. */
function stemOf(file: string): string {
  return file.replace(/^.*[\\/]/s, "").replace(/(?<=.)\.[^.]*$/s, "");
}

function holdsName(stem: string, name: string): boolean {
  return `-${stem.replaceAll(/[._]/g, "-")}-`.includes(`-${name}-`);
}

/**
 * The conflicts of a whole file. A file that defines several Services of other files is a variant of these: an
 * all-in-one manifest, another version, another way to install the same.
 */
export function conflictsOfFile(possible: readonly PossibleConflict[]): ClaimConflict[] {
  const isVariant = possible.filter(({ mayBeVariant }) => mayBeVariant).length > 1;
  return possible.flatMap(({ conflict, mayBeVariant }) => (isVariant && mayBeVariant ? [] : [conflict]));
}

/** The namespace and name that a Service gets when a set is applied. */
function appliedName({ namespace, name }: Identity, set: ClaimSet): string {
  return `${set.namespace ?? namespace}/${set.prefix ?? ""}${name}${set.suffix ?? ""}`;
}

/**
 * A copy with memory of its own. V8 implements a substring as a reference into the whole string, and a concatenation as
 * references to its parts: without the copy, a name would keep its whole manifest in memory.
 */
function flat(text: string): string {
  const copy: unknown = JSON.parse(JSON.stringify(text));
  return typeof copy === "string" ? copy : text;
}
