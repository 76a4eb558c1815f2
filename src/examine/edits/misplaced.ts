import { isObject, valueAt } from "../../field/index.ts";
import type { Finding } from "../../service/findings/index.ts";
import { plainText } from "../../service/messages/index.ts";
import type { KeyPath } from "../../text/document/index.ts";

const OBJECTS: ReadonlyMap<string, KeyPath> = new Map([
  ["the top level", []],
  ["metadata", ["metadata"]],
  ["spec", ["spec"]],
]);

/**
 * Where a field belongs that is in the wrong object of a manifest; undefined if nothing tells, or if another value is
 * there; `unclear` if it belongs in one of several ports.
 */
export function misplacedTo({ path, facts }: Finding, manifest: unknown): KeyPath | "unclear" | undefined {
  if (facts?.place === undefined) return undefined;
  const name = plainText(String(path.keys().at(-1) ?? "")).trim();
  const target = OBJECTS.get(facts.place) ?? onlyPort(manifest);
  if (target === undefined) return "unclear";
  const object = valueAt(manifest, target) ?? {};
  return isObject(object) && !Object.hasOwn(object, name) ? [...target, name] : undefined;
}

/** The only port of a manifest. */
function onlyPort(manifest: unknown): KeyPath | undefined {
  const ports = valueAt(manifest, ["spec", "ports"]);
  return Array.isArray(ports) && ports.length === 1 ? ["spec", "ports", 0] : undefined;
}
