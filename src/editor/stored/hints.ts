import { fieldHelpLink } from "../../examine/model/index.ts";
import { isObject, valueAt } from "../../field/index.ts";
import type { KeyPath, TextRange } from "../../text/document/index.ts";
import type { AnalysedDocument, AnalysedService, Analysis } from "../analysis/index.ts";
import type { Hint } from "../model/index.ts";
import { code, fieldName } from "../words/index.ts";

/** Values in fields that the text does not say. */
interface Missing {
  /** The object that has them. */
  readonly parent: KeyPath;
  readonly name: string;
  readonly value: unknown;
  readonly isAllocated: boolean;
}

/**
 * Hints for what the text does not say and the stored Service has: one at the end of a line for each object of the spec, behind
 * its first field (or its key, if it has none).
 * @param range where the editor shows them
 */
export function hintsOf({ text, documents }: Analysis, range: TextRange): readonly Hint[] {
  return documents
    .filter(({ range: { start, end } }) => start <= range.end && end >= range.start)
    .flatMap((document) => document.services.flatMap((service) => hintsFor(service, document, text)))
    .filter(({ offset }) => offset >= range.start && offset <= range.end)
    .sort((a, b) => a.offset - b.offset);
}

function hintsFor(service: AnalysedService, document: AnalysedDocument, text: string): Hint[] {
  const { stored, allocated, manifest, keys } = service;
  if (stored === undefined) return [];
  const missing = missingIn(stored.spec, manifest, ["spec"], new Set(allocated));
  const byOffset = Map.groupBy(missing, ({ parent }) => offsetFor([...keys, ...parent], document, text));
  return [...byOffset].flatMap(([offset, values]) => (offset === undefined ? [] : [hintOf(offset, values)]));
}

function hintOf(offset: number, values: readonly Missing[]): Hint {
  return {
    offset,
    text: values
      .map(({ name, value, isAllocated }) => `${name}: ${isAllocated ? "allocated" : shown(value)}`)
      .join(", "),
    tooltip: values.map((value) => `- ${reasonOf(value)}`).join("\n"),
  };
}

/** Why there is a value, with the link to what the field is. */
function reasonOf({ parent, name, isAllocated }: Missing): string {
  const link = `[${code(name)}](${fieldHelpLink(fieldName([...parent, name]))})`;
  return isAllocated
    ? `${link}: the cluster allocates it when the Service is stored`
    : `${link}: stored, although the manifest does not say it`;
}

/** Fields that repeat another one, which has a hint of its own. */
const REPEATED: ReadonlySet<string> = new Set(["clusterIPs"]);

/** Those of the object and of the objects in it that the text has. */
function missingIn(object: unknown, manifest: unknown, keys: KeyPath, allocated: ReadonlySet<string>): Missing[] {
  if (!isObject(object)) return [];
  return Object.entries(object).flatMap(([name, value]): Missing[] => {
    if (REPEATED.has(name)) return [];
    const own = [...keys, name];
    const written = valueAt(manifest, own);
    if (written === undefined || written === null) {
      const isNothing = value === undefined || (Array.isArray(value) && value.length === 0);
      const isAllocated = hasAllocated(`/${own.join("/")}`, allocated);
      return isNothing ? [] : [{ parent: keys, name, value, isAllocated }];
    }
    if (!Array.isArray(value)) return missingIn(value, manifest, own, allocated);
    return value.flatMap((item, index) => missingIn(item, manifest, [...own, index], allocated));
  });
}

/** Whether the value, or one in its list, is allocated. */
function hasAllocated(pointer: string, allocated: ReadonlySet<string>): boolean {
  return allocated.has(pointer) || allocated.has(`${pointer}/0`);
}

/** The end of the line of the first field of an object, or of its key. */
function offsetFor(keys: KeyPath, document: AnalysedDocument, text: string): number | undefined {
  const object = valueAt(document.value, keys);
  const starts = Object.keys(isObject(object) ? object : {}).flatMap((name) => {
    const key = document.rangeOf([...keys, name], "key");
    return key === undefined ? [] : [key.end];
  });
  const at = starts.length > 0 ? Math.min(...starts) : document.rangeOf(keys, "key")?.end;
  if (at === undefined) return undefined;
  const line = /[^\r\n]*/y;
  line.lastIndex = at;
  return at + (line.exec(text)?.[0].length ?? 0);
}

const LONGEST = 40;

function shown(value: unknown): string {
  const text = typeof value === "string" ? value : flow(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

function flow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(shown).join(", ")}]`;
  if (!isObject(value)) return String(value);
  return `{ ${Object.entries(value)
    .map(([name, one]) => `${name}: ${shown(one)}`)
    .join(", ")} }`;
}
