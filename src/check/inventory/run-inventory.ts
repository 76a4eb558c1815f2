import {
  type Elsewhere,
  type InventoryView,
  type Need,
  NEEDS,
  type ReferenceEntry,
  type ServiceEntry,
} from "../../inventory/model/index.ts";
import { brokenBy } from "../../inventory/references/index.ts";
import { Inventory } from "../../inventory/store/index.ts";
import type { AppliedSet } from "../layout/index.ts";
import type { NamespaceOptions, ObjectsAround, SetView } from "../../examine/findings/index.ts";
import { AppliedNames, appliedPlace, isPlain, type Place } from "./applied-objects.ts";
import { type FoundObject, foundObject, isService, keyOf } from "./found-object.ts";

/** The objects of a file. */
export interface FileObjects {
  readonly sets: readonly AppliedSet[];
  readonly objects: readonly FoundObject[];
}

/** The objects of a run: plain data, so that each worker thread can make its own inventory. */
export interface InventoryData {
  /** Whether this is all there is. */
  readonly isComplete: boolean;
  /** What it knows of. */
  readonly known: readonly Need[];
  readonly files: readonly FileObjects[];
  /** What is in the cluster already: the objects of `--inventory`. */
  readonly given: readonly FoundObject[];
  /** The Services that this change removes. */
  readonly removed: readonly ServiceEntry[];
}

/** The objects of a file in a set, with the set as it is for that file. */
interface Member {
  readonly set: AppliedSet;
  readonly objects: readonly FoundObject[];
}

/** By so many sets a file is judged: a base of a hundred overlays is the same in most of them. */
const MOST_SETS = 8;
/** So many sets are kept at a time. Their files come together, except for bases. */
const MOST_KEPT = 2 * MOST_SETS;

/** A set with what is applied together. */
interface Applied {
  readonly names: AppliedNames;
  readonly view: InventoryView;
}

/** What is around the objects of a run. */
export class RunInventory implements ObjectsAround {
  readonly #data: InventoryData;
  readonly #given: readonly FoundObject[];
  readonly #removed: ReadonlySet<string>;
  /** By the name of the set. */
  readonly #members = new Map<string, Member[]>();
  readonly #applied = new Map<string, Applied>();
  #brokenSelections: ReadonlySet<string> | undefined;
  #everything: Inventory | undefined;
  #inRun: ReadonlySet<string> | undefined;
  #afterRemoval: InventoryView | undefined;

  constructor(data: InventoryData) {
    this.#data = data;
    this.#removed = new Set(data.removed.map(placeText));
    this.#given = data.given.filter((object) => !(isService(object) && this.#removed.has(placeText(object))));
    for (const { sets, objects } of data.files) {
      if (objects.length === 0) continue;
      for (const set of sets) {
        const members = this.#members.get(set.name);
        if (members === undefined) this.#members.set(set.name, [{ set, objects }]);
        else members.push({ set, objects });
      }
    }
  }

  /** What is around the objects of a file, for each of its sets. */
  viewsOf(sets: readonly AppliedSet[]): readonly SetView[] {
    return sets.slice(0, MOST_SETS).map((set) => {
      const { names, view } = this.#appliedSet(set.name);
      return {
        isPlain: isPlain(set),
        inventory: view,
        place: (written) => appliedPlace(written, set),
        applied: (reference) => names.reference(reference, set),
      };
    });
  }

  /** The references of a manifest, as they are written. */
  referencesIn(manifest: unknown, options: NamespaceOptions): readonly ReferenceEntry[] {
    return foundObject(manifest, options)?.entries.references ?? [];
  }

  /** Whether this change removes the Service that a reference names, or all that it selects. @param reference as it is written */
  isBroken(reference: ReferenceEntry): boolean {
    const { target } = reference;
    if (this.#removed.size === 0) return false;
    if ("service" in target) return this.#removed.has(`${target.namespace}/${target.service}`);
    this.#brokenSelections ??= new Set(
      this.#data.removed.flatMap((service) =>
        Array.from(brokenBy(service, undefined, this.afterRemoval), (broken) => referenceKey(broken.reference)),
      ),
    );
    return this.#brokenSelections.has(referenceKey(reference));
  }

  /** Whether the run has an object, which then takes the place of what `--inventory` has. */
  isInRun(object: FoundObject): boolean {
    this.#inRun ??= new Set(this.#data.files.flatMap(({ objects }) => objects.map(keyOf)));
    return this.#inRun.has(keyOf(object));
  }

  /** All that is there after the change, for what names a Service that is certainly gone. */
  get afterRemoval(): InventoryView {
    // What is gone is certain, also if no Service is left that would make Services known.
    return (this.#afterRemoval ??= this.#inventoryOfAll(true, undefined, NEEDS).view());
  }

  #appliedSet(name: string): Applied {
    const known = this.#applied.get(name);
    if (known !== undefined) return known;
    const members = this.#members.get(name) ?? [];
    const names = namesOf(members);
    const own = this.#newInventory(this.#data.isComplete);
    for (const object of this.#given) own.set(keyOf(object), object.entries);
    const keys = new Set<string>();
    let hasVariants = false;
    for (const { set, objects } of members) {
      for (const object of objects) {
        const applied = names.applied(object, set);
        const key = keyOf(applied);
        own.set(key, applied.entries);
        hasVariants ||= keys.has(key);
        keys.add(key);
      }
    }
    const applied = { names, view: own.view(this.#widerThan(name, hasVariants), this.#elsewhere(members)) };
    const [oldest] = this.#applied.keys();
    if (oldest !== undefined && this.#applied.size >= MOST_KEPT) this.#applied.delete(oldest);
    this.#applied.set(name, applied);
    return applied;
  }

  /**
   * What a kustomization or chart has none of: it is installed by something else. A folder that only may be applied together says nothing
   * about that, and nor does the output of a cluster.
   */
  #elsewhere(members: readonly Member[]): readonly Elsewhere[] {
    if (this.#data.isComplete || this.#given.length > 0) return [];
    if (members.some(({ set }) => set.isAssumed === true)) return [];
    const has = (need: Elsewhere): boolean =>
      members.some(({ objects }) => objects.some(({ entries }) => (entries[need]?.length ?? 0) > 0));
    return (["services", "workloads"] as const).filter((need) => !has(need));
  }

  /** Where what seems to be missing in a set may be: in all sets, unless each is complete. */
  #widerThan(name: string, hasVariants: boolean): Inventory | undefined {
    const { isComplete } = this.#data;
    const isWhole = isComplete || (this.#members.size === 1 && this.#members.has(name));
    if (!isWhole) return (this.#everything ??= this.#inventoryOfAll(isComplete));
    return hasVariants ? this.#inventoryOfAll(isComplete, name) : undefined;
  }

  /**
   * Of several objects with one name, all: whatever is missing is in none of them.
   * @param only the set that it is limited to
   */
  #inventoryOfAll(isComplete: boolean, only?: string, known = this.#data.known): Inventory {
    const all = new Inventory(isComplete, new Set(known));
    const inRun = new Set<string>();
    for (const [name, members] of this.#members) {
      if (only !== undefined && name !== only) continue;
      const names = namesOf(members);
      for (const [index, { set, objects }] of members.entries()) {
        for (const [position, object] of objects.entries()) {
          const applied = names.applied(object, set);
          const key = keyOf(applied);
          inRun.add(key);
          // Even one file may have several: variants of one object, or Jobs whose names the API server generates.
          all.set(`${key} ${name} ${index} ${position}`, applied.entries);
        }
      }
    }
    for (const object of this.#given) if (!inRun.has(keyOf(object))) all.set(keyOf(object), object.entries);
    return all;
  }

  #newInventory(isComplete: boolean): Inventory {
    return new Inventory(isComplete, new Set(this.#data.known));
  }
}

function namesOf(members: readonly Member[]): AppliedNames {
  const names = new AppliedNames();
  // Most sets change nothing.
  if (members.every(({ set }) => isPlain(set))) return names;
  for (const { set, objects } of members) {
    for (const object of objects) names.add(object, set);
  }
  return names;
}

function referenceKey({ group, kind, namespace, name, keys }: ReferenceEntry): string {
  return JSON.stringify([group, kind, namespace, name, keys]);
}

function placeText({ namespace, name }: Place): string {
  return `${namespace}/${name}`;
}
