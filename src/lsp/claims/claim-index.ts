import type { ClaimsAround } from "../../editor/analysis/index.ts";
import type { ClaimOwner, ClaimOwners, ClaimSet, EarlierOwner } from "../../examine/claims/index.ts";

/** What one file claims: the first owners in it, by what is claimed. */
type FileClaims = ReadonlyMap<string, ClaimOwner>;

const NOTHING: FileClaims = new Map();

/**
 * What the Services of the files of a project claim, file by file: a change of one file costs no more than its own claims. Files
 * are in the order in which the check judges them, since a conflict is a finding of the later file.
 */
export class ClaimIndex {
  /** The position of each file. */
  #order: ReadonlyMap<string, number> = new Map();
  #setsOf: (file: string) => readonly ClaimSet[] = () => [];
  readonly #claimsOf = new Map<string, FileClaims>();
  /** The files that claim something, with their owners of it. */
  readonly #claimants = new Map<string, Map<string, ClaimOwner>>();
  readonly #around = new Map<string, ClaimsAround>();

  /**
   * Sets the files, in their order. The claims of those that are gone are forgotten.
   * @param setsOf the sets that a file of the project belongs to; it need not be one of the files
   */
  setFiles(files: Iterable<string>, setsOf: (file: string) => readonly ClaimSet[]): void {
    this.#order = new Map([...files].map((file, position) => [file, position]));
    this.#setsOf = setsOf;
    this.#around.clear();
    for (const file of [...this.#claimsOf.keys()]) if (!this.has(file)) this.#replace(file, NOTHING);
  }

  /** Whether it is one of the files. */
  has(file: string): boolean {
    return this.#order.has(file);
  }

  /**
   * Sets what a file claims. One that is not among the files claims nothing: it is on no disk yet.
   * @returns the other files that claim any of what has changed
   */
  set(file: string, owners: ClaimOwners): ReadonlySet<string> {
    if (!this.has(file)) return new Set();
    const concerned = this.#replace(file, flattened(owners));
    for (const other of concerned) this.#around.delete(other);
    return concerned;
  }

  /**
   * What the claims of a file can conflict with: the same object until another file changes any of it. One that is not among the
   * files can only conflict with itself: the check would not see it.
   */
  around(file: string): ClaimsAround {
    const known = this.#around.get(file);
    if (known !== undefined) return known;
    const sets = this.#setsOf(file);
    const earlier: EarlierOwner = (group, key) => this.#earlier(file, thingOf(group, key));
    const around: ClaimsAround = this.has(file) ? { sets, earlier } : { sets };
    this.#around.set(file, around);
    return around;
  }

  /** The owner of something in the first of the files before this one. */
  #earlier(file: string, thing: string): ClaimOwner | undefined {
    let first = this.#positionOf(file);
    let found: ClaimOwner | undefined;
    for (const [other, owner] of this.#claimants.get(thing) ?? []) {
      const position = this.#positionOf(other);
      if (position < first) [first, found] = [position, owner];
    }
    return found;
  }

  #positionOf(file: string): number {
    return this.#order.get(file) ?? -1;
  }

  #replace(file: string, claims: FileClaims): Set<string> {
    const before = this.#claimsOf.get(file) ?? NOTHING;
    const concerned = new Set<string>();
    for (const thing of new Set([...before.keys(), ...claims.keys()])) {
      const [old, owner] = [before.get(thing), claims.get(thing)];
      if (old?.service === owner?.service && old?.line === owner?.line) continue;
      for (const other of this.#claim(thing, file, owner)) concerned.add(other);
    }
    if (claims.size === 0) this.#claimsOf.delete(file);
    else this.#claimsOf.set(file, claims);
    concerned.delete(file);
    return concerned;
  }

  /** @returns all files that claim it */
  #claim(thing: string, file: string, owner: ClaimOwner | undefined): Iterable<string> {
    const claimants = this.#claimants.get(thing) ?? new Map<string, ClaimOwner>();
    if (owner === undefined) claimants.delete(file);
    else claimants.set(file, owner);
    if (claimants.size === 0) this.#claimants.delete(thing);
    else this.#claimants.set(thing, claimants);
    return claimants.keys();
  }
}

function flattened(owners: ClaimOwners): FileClaims {
  return new Map([...owners].flatMap(([group, keys]) => [...keys].map(([key, owner]) => [thingOf(group, key), owner])));
}

/** Equal for the same thing. */
function thingOf(group: string, key: string): string {
  return `${group}\0${key}`;
}
