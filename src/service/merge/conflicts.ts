import { equalJson } from "../../field/index.ts";
import { type FieldSet, partsOf, stepText } from "./field-set.ts";
import type { Ownership } from "./ownership.ts";

/** A value of the manifest that somebody else owns with another value: a server-side apply is refused without force. */
export interface Conflict {
  readonly manager: string;
  /** Where it is in the manifest. */
  readonly keys: readonly (string | number)[];
  /** The field as the API server names it: `.spec.ports[port=80,protocol="TCP"].targetPort`. */
  readonly field: string;
}

/** Source: `Updater.update` of structured-merge-diff, and `lastAppliedManager` of apiserver, which lets kubectl take over. */
export function conflictsOf(
  { others }: Ownership,
  live: unknown,
  manifest: unknown,
  applied: unknown,
): readonly Conflict[] {
  return [...others].flatMap(([manager, owned]) =>
    changesIn(owned, { live, manifest, applied, path: "" }).map((change) => ({ manager, ...change })),
  );
}

interface Place {
  readonly live: unknown;
  readonly manifest: unknown;
  /** What was applied before, client side: kubectl may change what it has left as it was. */
  readonly applied: unknown;
  readonly path: string;
}

function changesIn(owned: FieldSet, { live, manifest, applied, path }: Place): Omit<Conflict, "manager">[] {
  const [stored, parts, before] = [live, manifest, applied].map((value) => partsOf(value, path));
  if (stored === undefined || parts === undefined) {
    // Somebody owns the whole of what was once merged field by field.
    const isOwned = owned.isMember || owned.children.size > 0;
    const isAllowed = equalJson(live, manifest) || equalJson(live, applied);
    return isOwned && !isAllowed ? [{ keys: [], field: "" }] : [];
  }
  const [inStored, inBefore] = [stored, before ?? []].map(
    (some) => new Map(some.map((part) => [part.step, part.value])),
  );
  return parts.flatMap(({ step, value, path: inner }, i) => {
    const fields = owned.children.get(step);
    if (fields === undefined || inStored?.has(step) !== true) return [];
    const place = { live: inStored.get(step), manifest: value, applied: inBefore?.get(step), path: inner };
    const changes = changesIn(fields, place);
    const key = step.startsWith("f:") ? step.slice("f:".length) : i;
    return changes.map(({ keys, field }) => ({ keys: [key, ...keys], field: stepText(step) + field }));
  });
}
