import { isObject, type JsonObject, setOwnProperty, valueAt } from "../../field/index.ts";
import type { Labels } from "../model/index.ts";

type Keys = readonly (string | number)[];

/** The text at these keys; undefined if there is none, or an empty one, which Kubernetes takes for none. */
export function textAt(value: unknown, keys: Keys): string | undefined {
  const found = valueAt(value, keys);
  return typeof found === "string" && found !== "" ? found : undefined;
}

/** The whole number at these keys. */
export function integerAt(value: unknown, keys: Keys): number | undefined {
  const found = valueAt(value, keys);
  return typeof found === "number" && Number.isInteger(found) ? found : undefined;
}

/** The objects in the list at these keys: whatever else is in it is left out. */
export function itemsAt(value: unknown, keys: Keys): readonly JsonObject[] {
  const found = valueAt(value, keys);
  return Array.isArray(found) ? found.filter(isObject) : [];
}

/** The texts in the list at these keys; undefined if there are none. */
export function textsAt(value: unknown, keys: Keys): readonly string[] | undefined {
  const found: unknown = valueAt(value, keys);
  if (!Array.isArray(found)) return undefined;
  const texts = found.filter((item): item is string => typeof item === "string" && item !== "");
  return texts.length === 0 ? undefined : texts;
}

/** The map of texts at these keys, a copy; undefined if it is empty. A null is an empty text, as kubectl sends it. */
export function labelsAt(value: unknown, keys: Keys): Labels | undefined {
  const found = valueAt(value, keys);
  if (!isObject(found)) return undefined;
  const labels: Record<string, string> = {};
  for (const key of Object.keys(found)) {
    const item = found[key];
    if (typeof item === "string") setOwnProperty(labels, key, item);
    else if (item === null) setOwnProperty(labels, key, "");
  }
  return Object.keys(labels).length === 0 ? undefined : labels;
}
