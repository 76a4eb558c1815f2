import { isObject, type JsonObject } from "./json.ts";

/** How far a walk goes. */
export interface WalkLimits {
  readonly depth: number;
  /** How many values are looked at. */
  readonly values: number;
}

/** The objects in a value, itself among them: breadth first, so that a limit leaves out what is deepest. */
export function* objectsWithin(value: unknown, { depth, values }: WalkLimits): Generator<JsonObject> {
  let level: readonly unknown[] = [value];
  let left = values;
  for (let at = 0; at < depth && level.length > 0; at++) {
    const next: unknown[] = [];
    for (const one of level) {
      if (--left < 0) return;
      if (Array.isArray(one)) for (const item of one) next.push(item);
      if (!isObject(one)) continue;
      yield one;
      for (const child of Object.values(one)) if (typeof child === "object") next.push(child);
    }
    level = next;
  }
}
