import { isObject, valueAt } from "../../field/index.ts";
import type { KeyPath } from "../../text/document/index.ts";

/**
 * The path of a value in another version of the same Service. Ports are the same by number and protocol, wherever they
 * stand: an apply puts those of others between them. Everything else has the same path in all versions.
 * @returns undefined if the other version does not have the port
 */
export function counterpart(keys: KeyPath, from: unknown, to: unknown): KeyPath | undefined {
  const [spec, ports, index, ...rest] = keys;
  if (spec !== "spec" || ports !== "ports" || typeof index !== "number") return keys;
  const wanted = idOf(valueAt(from, ["spec", "ports", index]));
  const others = valueAt(to, ["spec", "ports"]);
  const sameIndex = idOf(valueAt(to, ["spec", "ports", index])) === wanted;
  const at = sameIndex ? index : Array.isArray(others) ? others.findIndex((other) => idOf(other) === wanted) : -1;
  return at === -1 ? undefined : ["spec", "ports", at, ...rest];
}

function idOf(port: unknown): string | undefined {
  return isObject(port) ? JSON.stringify([port["port"], port["protocol"] ?? "TCP"]) : undefined;
}
