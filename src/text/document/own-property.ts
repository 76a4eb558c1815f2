import type { JsonObject } from "../../field/index.ts";

/** Sets an own property of any name: plain assignment to `__proto__` would change the prototype instead. */
export function setOwnProperty(object: JsonObject, name: string, value: unknown): void {
  if (name !== "__proto__") object[name] = value;
  else Object.defineProperty(object, name, { value, writable: true, enumerable: true, configurable: true });
}
