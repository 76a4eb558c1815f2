/** What stands for the modules of Node in a browser: there, no file is read, and values are those of JSON. */
import { isObject } from "#src/field/json.ts";

export const readFileSync = undefined;
export const gunzipSync = undefined;

/** Whether two values of JSON are the same. */
export function isDeepStrictEqual(one: unknown, other: unknown): boolean {
  if (Array.isArray(one) && Array.isArray(other))
    return one.length === other.length && one.every((item, index) => isDeepStrictEqual(item, other[index]));
  if (!isObject(one) || !isObject(other)) return Object.is(one, other);
  const names = Object.keys(one);
  const isAsMany = names.length === Object.keys(other).length;
  return isAsMany && names.every((name) => Object.hasOwn(other, name) && isDeepStrictEqual(one[name], other[name]));
}
