import { isMap, isNode, isScalar, parseDocument, stringify, type Document, type YAMLMap } from "yaml";
import type { PolicyFinding } from "../policy/model/index.ts";
import type { Comparison } from "./compare.ts";

/** A case whose outcome differs from the expected one. */
export interface Correction {
  readonly index: number;
  readonly comparison: Comparison;
  readonly findings: readonly PolicyFinding[];
}

/** The text of a test file with the actual values in place of the expected ones. */
export interface CorrectedFile {
  readonly text: string;
  /** Paths of values that are defined elsewhere, by an alias or a merge, and must be corrected by hand. */
  readonly byHand: readonly string[];
}

type Keys = readonly (string | number)[];

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Replaces only the values that differ: layout, comments and everything else stay as they are. */
export function applyCorrections(text: string, corrections: readonly Correction[]): CorrectedFile {
  const document = parseDocument(text, { version: "1.1", merge: true });
  const byHand: string[] = [];
  const edits: Edit[] = [];
  for (const [keys, value] of corrections.flatMap((correction) => [...changes(correction)])) {
    const edit = editOf(document, text, keys, value);
    if (edit === undefined) byHand.push(keys.join("."));
    else edits.push(edit);
  }
  return { text: applied(text, edits), byHand };
}

/**
 * The paths of the values that differ, with the actual values. All of them are in the file: others are not compared.
 */
function* changes({ index, comparison, findings }: Correction): Iterable<[Keys, unknown]> {
  const expect = ["cases", index, "expect"];
  const { allowed, missing, unexpected, admitted } = comparison;
  if (allowed !== undefined) yield [[...expect, "allowed"], allowed.actual];
  if (missing.length + unexpected.length > 0) yield [[...expect, "findings"], findings.map(asExpected)];
  for (const { keys, actual } of admitted) yield [[...expect, "admitted", ...keys], actual ?? null];
}

function asExpected({ rule, path, action, suppressed }: PolicyFinding) {
  return { rule, path: path.toString(), action, ...(suppressed && { suppressed: true }) };
}

function editOf(document: Document.Parsed, text: string, keys: Keys, value: unknown): Edit | undefined {
  const map = document.getIn(keys.slice(0, -1), true);
  if (!isMap(map)) return undefined;
  const pair = map.items.find(({ key }) => isScalar(key) && key.value === keys.at(-1));
  const [keyStart, keyEnd] = rangeOf(pair?.key);
  const [valueStart, valueEnd] = rangeOf(pair?.value);
  if (pair === undefined || keyStart === undefined || keyEnd === undefined || valueEnd === undefined) return undefined;
  const start = text.indexOf(":", keyEnd) + 1;
  // The range of a block includes the line break after it.
  const end = Math.max(start, start + text.slice(start, Math.max(start, valueEnd)).trimEnd().length);
  if (valueStart !== undefined && valueStart < start) return undefined;
  return { start, end, text: rendered(map, value, keyStart - (text.lastIndexOf("\n", keyStart) + 1)) };
}

function rangeOf(node: unknown): readonly (number | undefined)[] {
  return isNode(node) ? (node.range ?? []) : [];
}

/** The value as YAML: a list in a block mapping with one item per line, everything else in flow style. */
function rendered({ flow = false }: YAMLMap, value: unknown, column: number): string {
  if (flow || !Array.isArray(value) || value.length === 0) return ` ${inFlow(value)}`;
  return value.map((item) => `\n${" ".repeat(column + 2)}- ${inFlow(item)}`).join("");
}

function inFlow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inFlow).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).map(([name, inner]) => `${inFlow(name)}: ${inFlow(inner)}`);
    return entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`;
  }
  // Within braces, a plain scalar with brackets or commas must be quoted.
  if (typeof value === "string" && /[[\]{},\n]/.test(value)) return JSON.stringify(value);
  return stringify(value, { version: "1.1", lineWidth: 0 }).trimEnd();
}

/** Applies the edits from the last to the first, so that none moves the range of another. */
function applied(text: string, edits: readonly Edit[]): string {
  return [...edits]
    .sort((a, b) => b.start - a.start)
    .reduce((result, edit) => result.slice(0, edit.start) + edit.text + result.slice(edit.end), text);
}
