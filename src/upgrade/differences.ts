import { equalJson, isObject } from "../field/index.ts";

/** A value that differs between two objects. */
export interface Difference {
  readonly keys: readonly (string | number)[];
  /** The value before; absent if there is none. */
  readonly from?: unknown;
  /** The value after; absent if there is none. */
  readonly to?: unknown;
}

/** An object, and JSON pointers of the values in it that a server allocates. */
export interface ServersObject {
  readonly object: unknown;
  readonly allocated: readonly string[];
}

/**
 * The smallest values in which two objects differ. Lists of the same length are compared item by item, others as a whole.
 * Two allocated values are equal: which ones they are, only a cluster decides.
 */
export function differences(from: ServersObject, to: ServersObject): Difference[] {
  const [before, after] = [new Set(from.allocated), new Set(to.allocated)];
  const found: Difference[] = [];
  compare(
    from.object,
    to.object,
    [],
    (keys) => {
      const pointer = keys.map((key) => `/${key}`).join("");
      return before.has(pointer) && after.has(pointer);
    },
    found,
  );
  return found;
}

function compare(
  from: unknown,
  to: unknown,
  keys: readonly (string | number)[],
  isAllocated: (keys: readonly (string | number)[]) => boolean,
  found: Difference[],
): void {
  if (equalJson(from, to) || isAllocated(keys)) return;
  if (isObject(from) && isObject(to)) {
    for (const key of new Set([...Object.keys(from), ...Object.keys(to)])) {
      compare(from[key], to[key], [...keys, key], isAllocated, found);
    }
  } else if (Array.isArray(from) && Array.isArray(to) && from.length === to.length) {
    for (const index of from.keys()) compare(from[index], to[index], [...keys, index], isAllocated, found);
  } else {
    found.push({ keys, ...(from !== undefined && { from }), ...(to !== undefined && { to }) });
  }
}
