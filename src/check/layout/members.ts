import { resolve } from "node:path";
import type { ObjectChange } from "./changes.ts";
import type { Kustomization } from "./kustomization.ts";

/** A set of manifests that are applied together, with what kustomizations make of their names. */
export interface AppliedSet {
  /** Equal for all files of the set. */
  readonly name: string;
  /** Whether nothing but the folder says that the set is applied together: it may hold variants of one application. */
  readonly isAssumed?: boolean;
  readonly namespace?: string | undefined;
  readonly prefix?: string;
  readonly suffix?: string;
  /** What patches change of its objects. */
  readonly changes?: readonly ObjectChange[];
}

/** Far more than there are files in a repository; a hostile one could have each kustomization name all the others. */
const MAX_MEMBERSHIPS = 1_000_000;

/**
 * The sets of each file that kustomizations name. Each kustomization that no other one names is a set: an overlay with
 * its bases and components. A base of two overlays belongs to both.
 * @param changesIn what the kustomization in a folder changes
 */
export function membersOf(
  kustomizations: ReadonlyMap<string, Kustomization>,
  changesIn: (folder: string) => readonly ObjectChange[],
): ReadonlyMap<string, readonly AppliedSet[]> {
  const members = new Map<string, AppliedSet[]>();
  let memberships = 0;
  for (const root of rootsOf(kustomizations)) {
    const visited = new Set<string>();
    const pending: { folder: string; set: AppliedSet }[] = [{ folder: root, set: { name: root } }];
    for (let next = pending.pop(); next !== undefined && memberships < MAX_MEMBERSHIPS; next = pending.pop()) {
      const { folder, set: outer } = next;
      const kustomization = kustomizations.get(folder);
      if (kustomization === undefined || visited.has(folder)) continue;
      visited.add(folder);
      const set = within(outer, kustomization, changesIn(folder));
      for (const path of kustomization.resources) {
        const target = resolve(folder, path);
        if (kustomizations.has(target)) {
          pending.push({ folder: target, set });
          continue;
        }
        memberships++;
        const sets = members.get(target);
        if (sets === undefined) members.set(target, [set]);
        else if (sets.every(({ name }) => name !== set.name)) sets.push(set);
      }
    }
  }
  return members;
}

/** What the outer kustomizations make of an object that this one has changed: they come later, and have the last word. */
function within(
  outer: AppliedSet,
  { namespace, namePrefix, nameSuffix }: Kustomization,
  own: readonly ObjectChange[],
): AppliedSet {
  const changes = [...(outer.changes ?? []), ...own];
  return {
    name: outer.name,
    namespace: outer.namespace ?? namespace,
    prefix: `${outer.prefix ?? ""}${namePrefix}`,
    suffix: `${nameSuffix}${outer.suffix ?? ""}`,
    ...(changes.length > 0 && { changes }),
  };
}

/** The kustomizations that no other one names. */
function rootsOf(kustomizations: ReadonlyMap<string, Kustomization>): readonly string[] {
  const named = new Set<string>();
  for (const [folder, { resources }] of kustomizations) {
    for (const path of resources) named.add(resolve(folder, path));
  }
  return [...kustomizations.keys()].filter((folder) => !named.has(folder));
}
