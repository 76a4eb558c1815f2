import { plainYaml } from "./reports/plain-yaml.ts";
import { logLine } from "./reports/visible.ts";
import { isObject, NumberText } from "../field/json.ts";
import { diffLines } from "./diff.ts";
import type { Show } from "./reports/views.ts";
import type { CheckedService } from "./types.ts";

/** A Service to print: as checked, with its manifest and the object as admitted. */
export type ShownService = Pick<CheckedService, "file" | "region" | "namespace" | "name" | "stored" | "allocated"> & {
  /** The manifest as JSON values. */
  readonly given: unknown;
  readonly admitted?: unknown;
};

/** A Service as one YAML document: as it would be stored, as it would be admitted, or what the cluster adds to it. */
export function shown(service: ShownService, show: Show): string {
  const { file, region, namespace, name } = service;
  const heading = `---\n${logLine(`# ${file}:${region.startLine} ${namespace}/${name}`)}`;
  const object = show === "admitted" ? service.admitted : service.stored;
  if (object === undefined) return `${heading}: refused\n`;
  const after = yamlOf(object, new Set(service.allocated));
  if (show !== "diff") return `${heading}\n${after}`;
  const lines = diffLines(linesOf(yamlOf(service.given, NOTHING)), linesOf(after));
  return `${heading}\n${lines.map(({ mark, text }) => `${mark} ${text}\n`).join("")}`;
}

function linesOf(text: string): string[] {
  return text.trimEnd().split("\n");
}

/** The order in which people write a manifest; what is not listed follows by name. */
const ORDER = ["apiVersion", "kind", "metadata", "name", "namespace", "port", "spec", "status"];

const NOTHING: ReadonlySet<string> = new Set();

/**
 * YAML that a reader of 1.1 (and of 1.2) reads as what it is, keys in a settled order: two texts can be compared.
 * @param picked JSON pointers of what the server picks
 */
function yamlOf(object: unknown, picked: ReadonlySet<string>): string {
  return plainYaml(ordered(object, "", picked));
}

function ordered(value: unknown, pointer: string, picked: ReadonlySet<string>): unknown {
  // A port that the server picks is 0 in the object; to readers it would look like a port.
  if (value === 0 && picked.has(pointer)) return "<allocated port>";
  if (value instanceof NumberText) return Number(value.text);
  if (Array.isArray(value)) return value.map((item, index) => ordered(item, `${pointer}/${index}`, picked));
  if (!isObject(value)) return value;
  const names = Object.keys(value).sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  return Object.fromEntries(names.map((name) => [name, ordered(value[name], `${pointer}/${name}`, picked)]));
}

function rank(name: string): number {
  const index = ORDER.indexOf(name);
  return index === -1 ? ORDER.length - 1 : index;
}
