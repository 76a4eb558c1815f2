import { equalJson, isObject, NumberText, pointerOf, valueAt } from "../../field/index.ts";
import type { KeyPath, Region, TextDocument } from "../../text/document/index.ts";
import { counterpart } from "./counterpart.ts";
import { type YamlLine, yamlLines } from "./yaml-lines.ts";

/**
 * How a line of the stored object relates to the manifest; `picked`: the server allocates the value; `kept`: it is not in the
 * manifest, and was stored before.
 */
export type StoredMark = "same" | "added" | "changed" | "picked" | "kept";

/** How a line of the manifest relates to the stored object. */
export type ManifestMark = "changed" | "dropped";

/** One line of the stored object, beside the manifest's. */
export interface StoredLine extends YamlLine {
  readonly mark: StoredMark;
  /** The corresponding line of the manifest, from 1; undefined if there is none. */
  readonly line: number | undefined;
}

/** The stored object beside its manifest. */
export interface Comparison {
  readonly stored: readonly StoredLine[];
  /** The marks of lines of the manifest, by line number from 1; unmarked lines are stored as they are. */
  readonly manifest: ReadonlyMap<number, ManifestMark>;
}

/** A comparison without marks, for a manifest that cannot be compared. */
export function withoutComparison(stored: unknown): Comparison {
  const lines = yamlLines(stored, undefined);
  return { stored: lines.map((line) => ({ ...line, mark: "same", line: undefined })), manifest: new Map() };
}

/** A Service as it would be stored. */
export interface StoredService {
  readonly stored: unknown;
  /** JSON pointers of the values in `stored` that the server allocates. */
  readonly allocated: readonly string[];
  /** The Service as it was stored before; undefined for a new one. */
  readonly old?: unknown;
}

/** A line of an object with how it relates to the manifest. */
export interface MarkedLine extends YamlLine {
  readonly mark: StoredMark;
}

/** The stored object's lines, each compared with the manifest's value at its place. */
export function markedLines(manifest: unknown, { stored, allocated, old }: StoredService): readonly MarkedLine[] {
  const marking = { manifest, stored, old, allocated: new Set(allocated) };
  return yamlLines(stored, manifest).map((line) => ({ ...line, mark: storedMark(line.keys, marking) }));
}

/** Compares a manifest with the object as it would be stored, value by value; layout, order and comments are ignored. */
export function compare(manifest: TextDocument, { stored, ...rest }: StoredService): Comparison {
  const lines = markedLines(manifest.value, { stored, ...rest }).map((line): StoredLine => {
    const { mark } = line;
    const keys = counterpart(line.keys, stored, manifest.value);
    const isSaid = mark === "same" || mark === "changed";
    return { ...line, line: isSaid && keys !== undefined ? locationOf(manifest, keys)?.startLine : undefined };
  });
  const marks = new Map<number, ManifestMark>();
  for (const { mark, line } of lines) if (mark === "changed" && line !== undefined) marks.set(line, "changed");
  for (const keys of dropped(manifest.value, stored)) markLines(manifest, keys, marks);
  return { stored: lines, manifest: marks };
}

/** The region of the key, or of the value for a list item, which has no key. */
function locationOf(manifest: TextDocument, keys: KeyPath): Region | undefined {
  return manifest.locate(keys, "key") ?? manifest.locate(keys, "value");
}

interface Marking extends Required<Omit<StoredService, "allocated">> {
  readonly manifest: unknown;
  readonly allocated: ReadonlySet<string>;
}

function storedMark(keys: KeyPath, { manifest, stored, old, allocated }: Marking): StoredMark {
  const value = valueAt(stored, keys);
  if (isAllocated(keys, value, allocated)) return "picked";
  const manifestValue = counterpartValue(keys, stored, manifest);
  if (isAbsent(manifestValue)) return equalJson(counterpartValue(keys, stored, old), value) ? "kept" : "added";
  if (typeof value === "object") return "same";
  return plain(manifestValue) === value ? "same" : "changed";
}

function counterpartValue(keys: KeyPath, from: unknown, to: unknown): unknown {
  const there = counterpart(keys, from, to);
  return there === undefined ? undefined : valueAt(to, there);
}

/** Whether the server allocates the value, an object or list that contains it, or all of its parts. */
function isAllocated(keys: KeyPath, value: unknown, allocated: ReadonlySet<string>): boolean {
  if (keys.some((_, index) => allocated.has(pointerOf(keys.slice(0, index + 1))))) return true;
  if (typeof value !== "object" || value === null) return false;
  const parts = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return parts.length > 0 && parts.every(([key, part]) => isAllocated([...keys, key], part, allocated));
}

/** The fields of the manifest that the stored object lacks; of nested ones only the outermost. */
export function dropped(manifest: unknown, stored: unknown, keys: KeyPath = []): KeyPath[] {
  const said = valueAt(manifest, keys);
  if (isAbsent(said)) return [];
  if (keys.length > 0 && counterpartValue(keys, manifest, stored) === undefined) return [keys];
  const names = Array.isArray(said) ? [...said.keys()] : isObject(said) ? Object.keys(said) : [];
  return names.flatMap((name) => dropped(manifest, stored, [...keys, name]));
}

/** Whether the API treats the value as absent: null and, with few exceptions, empty lists and maps. */
function isAbsent(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  if (Array.isArray(value)) return value.length === 0;
  return isObject(value) && Object.keys(value).length === 0;
}

function plain(value: unknown): unknown {
  return value instanceof NumberText ? Number(value.text) : value;
}

function markLines(manifest: TextDocument, keys: KeyPath, marks: Map<number, ManifestMark>): void {
  const start = locationOf(manifest, keys);
  const end = manifest.locate(keys, "value") ?? start;
  if (start === undefined || end === undefined) return;
  // The end of a block is the start of the next line, which is not a part of it.
  const last = end.endColumn === 1 && end.endLine > start.startLine ? end.endLine - 1 : end.endLine;
  for (let line = start.startLine; line <= last; line++) marks.set(line, "dropped");
}

/** A row of two columns: a line of the manifest by its number, a line of the stored object, or both. */
export interface Row {
  readonly manifest: number | undefined;
  readonly stored: StoredLine | undefined;
}

/** Aligns manifest and stored object side by side: corresponding lines share a row, and all lines keep their order. */
export function alignRows(lineCount: number, stored: readonly StoredLine[]): readonly Row[] {
  const rows: Row[] = [];
  let next = 1;
  for (const line of stored) {
    if (line.line === undefined || line.line < next) {
      rows.push({ manifest: undefined, stored: line });
      continue;
    }
    while (next < line.line) rows.push({ manifest: next++, stored: undefined });
    rows.push({ manifest: next++, stored: line });
  }
  while (next <= lineCount) rows.push({ manifest: next++, stored: undefined });
  return rows;
}
