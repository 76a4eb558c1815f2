import type { JsonObject } from "../field/json.ts";

/** Sets a property of the object's own, whatever its name: `__proto__` is a key like any other. */
export function setOwn(object: JsonObject, name: string, value: unknown): void {
  if (name !== "__proto__") object[name] = value;
  else Object.defineProperty(object, name, { value, writable: true, enumerable: true, configurable: true });
}
