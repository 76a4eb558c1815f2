import { isObject, valueAt } from "../field/json.ts";
import type { JsonObject } from "../field/json.ts";
import type { OldServices } from "./against.ts";
import type { Identity } from "./identity.ts";

/**
 * The stored object that a manifest will meet. What the server once picked is not known from a manifest: where the new
 * one leaves it open too it is taken to stay, where it asks for a value that value is taken to be the picked one.
 */
export function oldObjectFor(old: OldServices, given: unknown, { namespace, name }: Identity): unknown {
  const before = old.get(`${namespace}/${name}`);
  if (before === undefined) return undefined;
  const object = structuredClone(before.object);
  for (const pointer of before.allocated) {
    const keys = pointer
      .slice(1)
      .split("/")
      .map((step) => (/^\d+$/.test(step) ? Number(step) : step));
    if (isAskedFor(given, keys)) forget(object, keys);
  }
  return object;
}

/** The first cluster IP goes by two names. */
function isAskedFor(given: unknown, keys: readonly (string | number)[]): boolean {
  const [, field] = keys;
  if (field === "clusterIP" || field === "clusterIPs") {
    return [valueAt(given, ["spec", "clusterIP"]), valueAt(given, ["spec", "clusterIPs"])].some(isGiven);
  }
  return isGiven(valueAt(given, keys));
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null && value !== "" && value !== 0;
}

function forget(object: JsonObject, keys: readonly (string | number)[]): void {
  // A list of picked addresses goes as a whole: without one of them it would say something else.
  const field = keys[1] === "clusterIPs" ? keys.slice(0, 2) : keys;
  const parent = valueAt(object, field.slice(0, -1));
  const last = field.at(-1);
  if (isObject(parent) && last !== undefined) Reflect.deleteProperty(parent, last);
}
