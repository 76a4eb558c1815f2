import { isObject, type JsonObject, valueAt } from "../../field/index.ts";
import type { Identity } from "./identity.ts";
import type { OldServices } from "./old-services.ts";

/**
 * The stored object that a manifest updates; undefined if there is none. The values that the server allocated are not
 * known. Where the new manifest does not set such a value, it is assumed to stay; where it sets one, that is assumed to
 * be the allocated value.
 */
export function oldObjectFor(old: OldServices, manifest: unknown, { namespace, name }: Identity): unknown {
  const before = old.get(`${namespace}/${name}`);
  if (before === undefined) return undefined;
  const object = structuredClone(before.object);
  for (const pointer of before.allocated) {
    const keys = pointer
      .slice(1)
      .split("/")
      .map((step) => (/^\d+$/.test(step) ? Number(step) : step));
    if (isSetBy(manifest, keys)) removeField(object, keys);
  }
  return object;
}

/** Whether the manifest sets the field. The first cluster IP has two fields: `clusterIP` and `clusterIPs`. */
function isSetBy(manifest: unknown, keys: readonly (string | number)[]): boolean {
  const [, field] = keys;
  if (field === "clusterIP" || field === "clusterIPs") {
    return [valueAt(manifest, ["spec", "clusterIP"]), valueAt(manifest, ["spec", "clusterIPs"])].some(isSet);
  }
  return isSet(valueAt(manifest, keys));
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null && value !== "" && value !== 0;
}

function removeField(object: JsonObject, keys: readonly (string | number)[]): void {
  // A list of allocated addresses is removed as a whole: without one of its items it would mean something else.
  const field = keys[1] === "clusterIPs" ? keys.slice(0, 2) : keys;
  const parent = valueAt(object, field.slice(0, -1));
  const last = field.at(-1);
  if (isObject(parent) && last !== undefined) Reflect.deleteProperty(parent, last);
}
