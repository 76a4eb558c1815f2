import { isObject, type JsonObject } from "../../field/index.ts";
import { type FieldSet, fieldsOf, has, type Part, partsOf, union } from "./field-set.ts";
import type { Ownership } from "./ownership.ts";

/**
 * The object that a server-side apply makes of the live one: what the manifest says is set, and what this manager owns but
 * no longer says is removed, unless somebody else owns it too. Source: `Updater.Apply` of structured-merge-diff.
 */
export function applyServerSide({ own, others, rest }: Ownership, live: JsonObject, manifest: JsonObject): JsonObject {
  const result = mergeMaps(live, manifest, "");
  const kept = pruned(result, "", {
    last: own,
    managed: union([...others.values(), rest, fieldsOf(manifest)]),
    isOut: false,
    isLost: false,
  });
  return isObject(kept) ? kept : {};
}

/**
 * The object with a part of one merged into it: what the part says is set, and nothing is removed. Source: `TypedValue.Merge` of
 * structured-merge-diff.
 */
export function mergeConfiguration(live: JsonObject, configuration: JsonObject): JsonObject {
  return mergeMaps(live, configuration, "");
}

function mergeMaps(live: JsonObject, manifest: JsonObject, path: string): JsonObject {
  const result = new Map(Object.entries(live));
  for (const { step, value, path: at } of partsOf(manifest, path) ?? []) {
    const key = step.slice("f:".length);
    result.set(key, mergeValues(result.get(key), value, at));
  }
  return Object.fromEntries(result);
}

function mergeValues(live: unknown, value: unknown, path: string): unknown {
  const [before, after] = [partsOf(live, path), partsOf(value, path)];
  if (before === undefined || (after === undefined && value !== null)) return value;
  // A null takes nothing from what is merged field by field.
  if (after === undefined) return before.length === 0 ? value : live;
  if (isObject(live) && isObject(value)) return mergeMaps(live, value, path);
  return Array.isArray(live) && Array.isArray(value) ? mergeLists(live, value, path) : value;
}

/**
 * Items of the manifest come in its order, those of others between them as far as the items in both lists tell.
 * Source: `visitListItems` of structured-merge-diff.
 */
function mergeLists(live: readonly unknown[], manifest: readonly unknown[], path: string): unknown[] {
  const [before, after] = [partsOf(live, path) ?? [], partsOf(manifest, path) ?? []];
  const steps = new Set(after.map(({ step }) => step));
  const stored = new Map(before.map(({ step, value }) => [step, value]));
  const shared = after.filter(({ step }) => stored.has(step)).map(({ step }) => step);
  let next = 0;
  const done = new Set<string>();
  const result: unknown[] = [];
  const take = ({ step, value, path: at }: Part): void => {
    result.push(mergeValues(stored.get(step), value, at));
    done.add(step);
    if (shared[next] === step) next += 1;
  };
  for (let i = 0, j = 0; i < before.length || j < after.length;) {
    const [one, other] = [before[i], after[j]];
    if (one !== undefined && other !== undefined) {
      if (one.step === other.step) {
        take(other);
        i += 1;
        j += 1;
        continue;
      }
      if (steps.has(one.step) && shared[next] !== undefined && shared[next] !== one.step) {
        i += 1;
        continue;
      }
    }
    if (one !== undefined && !steps.has(one.step)) {
      result.push(one.value);
      i += 1;
      continue;
    }
    if (one !== undefined && done.has(one.step)) i += 1;
    if (other !== undefined) {
      take(other);
      j += 1;
    }
  }
  return result;
}

interface Pruning {
  /** What this manager owned before the apply. */
  readonly last: FieldSet | undefined;
  /** What anybody owns after it. */
  readonly managed: FieldSet | undefined;
  /** Whether this manager has let go of what is around the value. */
  readonly isOut: boolean;
  /** Whether nobody else owns what is around it, either. */
  readonly isLost: boolean;
}

/** Source: `prune` of structured-merge-diff. Returns undefined for a value of which nothing is left. */
function pruned(value: unknown, path: string, { last, managed, isOut, isLost }: Pruning): unknown {
  const parts = partsOf(value, path);
  if (parts === undefined || parts.length === 0) return value;
  const left = parts.flatMap((part): [string, unknown][] => {
    const [before, after] = [last?.children.get(part.step), managed?.children.get(part.step)];
    const wasOwn = has(before, part);
    const isGone = isOut || wasOwn;
    const isUnclaimed = isLost || (isGone && !has(after, part));
    if (isUnclaimed && wasOwn) return [];
    const rest = pruned(part.value, part.path, { last: before, managed: after, isOut: isGone, isLost: isUnclaimed });
    return rest === undefined ? [] : [[part.step, rest]];
  });
  if (left.length === 0) return undefined;
  if (Array.isArray(value)) return left.map(([, item]) => item);
  return Object.fromEntries(left.map(([step, inner]) => [step.slice("f:".length), inner]));
}
