import { isObject, NumberText } from "../field/index.ts";
import { logLine, plainYaml } from "./console/index.ts";
import { diffLines } from "./diff.ts";
import type { CheckedService } from "../examine/model/index.ts";
import type { ServiceView } from "./views.ts";

/** A Service to print: as checked, with its manifest and the object as admitted. */
export type ShownService = Pick<CheckedService, "file" | "region" | "namespace" | "name" | "stored" | "allocated"> & {
  /** The manifest as JSON values. */
  readonly manifest: unknown;
  readonly admitted?: unknown;
};

/** The type of {@link showService}, for callers that load it when they need it. */
export type ShowService = typeof showService;

/**
 * A Service as one YAML document for `--show`: as stored, as admitted, or as a diff between manifest and stored object.
 */
export function showService(service: ShownService, show: ServiceView): string {
  const { file, region, namespace, name } = service;
  const heading = `---\n${logLine(`# ${file}:${region.startLine} ${namespace}/${name}`)}`;
  const object = show === "admitted" ? service.admitted : service.stored;
  if (object === undefined) return `${heading}: refused\n`;
  const after = yamlOf(object, new Set(service.allocated));
  if (show !== "diff") return `${heading}\n${after}`;
  const lines = diffLines(linesOf(yamlOf(service.manifest, NO_POINTERS)), linesOf(after));
  return `${heading}\n${lines.map(({ mark, text }) => `${mark} ${text}\n`).join("")}`;
}

function linesOf(text: string): string[] {
  return text.trimEnd().split("\n");
}

/** The usual order of keys in a manifest; other keys follow in alphabetical order. */
const ORDER = ["apiVersion", "kind", "metadata", "name", "namespace", "port", "spec", "status"];

const NO_POINTERS: ReadonlySet<string> = new Set();

/**
 * YAML that YAML 1.1 and 1.2 readers read alike, with the keys in a fixed order so that two texts can be compared.
 * @param allocated JSON pointers of the values that the server allocates
 */
function yamlOf(object: unknown, allocated: ReadonlySet<string>): string {
  return plainYaml(ordered(object, "", allocated));
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
