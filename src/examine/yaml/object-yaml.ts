import { isObject, NumberText } from "../../field/index.ts";
import { plainYaml } from "./plain-yaml.ts";

/** The usual order of keys in a manifest; other keys follow in alphabetical order. */
const ORDER = ["apiVersion", "kind", "metadata", "name", "namespace", "port", "spec", "status"];

/**
 * YAML that YAML 1.1 and 1.2 readers read alike, with the keys in a fixed order so that two texts can be compared.
 * @param allocated JSON pointers of the values that the server allocates
 */
export function objectYaml(object: unknown, allocated: readonly string[] = []): string {
  return plainYaml(ordered(object, "", new Set(allocated)));
}

function ordered(value: unknown, pointer: string, allocated: ReadonlySet<string>): unknown {
  // A port that the server allocates is 0 in the object, which readers would take for a port number.
  if (value === 0 && allocated.has(pointer)) return "<allocated port>";
  if (value instanceof NumberText) return Number(value.text);
  if (Array.isArray(value)) return value.map((item, index) => ordered(item, `${pointer}/${index}`, allocated));
  if (!isObject(value)) return value;
  const names = Object.keys(value).sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  return Object.fromEntries(names.map((name) => [name, ordered(value[name], `${pointer}/${name}`, allocated)]));
}

function rank(name: string): number {
  const index = ORDER.indexOf(name);
  return index === -1 ? ORDER.length - 1 : index;
}
