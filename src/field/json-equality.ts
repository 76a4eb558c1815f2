import { isObject, NumberText } from "./json.ts";

/** Whether both JSON values are equal, in whatever order their keys are. A member that is undefined counts as absent. */
export function equalJson(one: unknown, other: unknown): boolean {
  return one === other || compare(one, other, isUndefined);
}

/** As {@link equalJson}, but a value that is absent or null equals an empty list or object. */
export function equalJsonOrEmpty(one: unknown, other: unknown): boolean {
  return one === other || compare(one, other, isEmpty);
}

/** Without recursion: the depth of the values is not checked yet at this point. */
function compare(one: unknown, other: unknown, isNothing: (value: unknown) => boolean): boolean {
  const pending: [unknown, unknown][] = [[one, other]];
  for (let pair = pending.pop(); pair !== undefined; pair = pending.pop()) {
    const [a, b] = pair;
    if (a === b || (isNothing(a) && isNothing(b))) continue;
    if (a instanceof NumberText && b instanceof NumberText && a.text === b.text) continue;
    if (Array.isArray(a) && Array.isArray(b)) {
      if (a.length !== b.length) return false;
      for (const [index, item] of a.entries()) pending.push([item, b[index]]);
    } else if (isObject(a) && isObject(b)) {
      for (const key of Object.keys(a)) pending.push([a[key], Object.hasOwn(b, key) ? b[key] : undefined]);
      if (Object.keys(b).some((key) => !Object.hasOwn(a, key) && !isNothing(b[key]))) return false;
    } else return false;
  }
  return true;
}

function isUndefined(value: unknown): boolean {
  return value === undefined;
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  if (Array.isArray(value)) return value.length === 0;
  return isObject(value) && Object.keys(value).length === 0;
}
