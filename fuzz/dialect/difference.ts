import { isDeepStrictEqual } from "node:util";
import { isObject, NumberText } from "#src/field/json.ts";
import type { KubectlReading } from "./kubectl-reading.ts";

/** What Fairlead reads of a file: the values of its documents, up to the first one that cannot be read. */
export interface FairleadReading {
  readonly values: readonly unknown[];
  readonly problem: { readonly code: string; readonly message: string } | undefined;
}

/** What the two say at the first place where they differ. */
export interface Difference {
  readonly fairlead: string;
  readonly kubectl: string;
  /** Of Fairlead's problem, if it has one. */
  readonly code: string | undefined;
}

/** Walks through both readings, document by document; undefined if they agree. */
export function compareReadings({ values, problem }: FairleadReading, kubectl: KubectlReading): Difference | undefined {
  const rest = { objects: [...kubectl.objects], errors: [...kubectl.errors] };
  for (const value of values) {
    if (value === null || value === undefined || takeObjects(value, rest) || takeError(value, rest)) continue;
    return { fairlead: JSON.stringify(plain(value)), kubectl: nextOf(rest) ?? "nothing", code: undefined };
  }
  const next = nextOf(rest);
  if (problem === undefined)
    return next === undefined ? undefined : { fairlead: "nothing", kubectl: next, code: undefined };
  const [error, ...others] = rest.errors;
  if (error?.type === "parse" && others.length + rest.objects.length === 0) return undefined;
  return { fairlead: problem.message, kubectl: next ?? "nothing", code: problem.code };
}

/** Takes what kubectl printed of the value, if it is the same. */
function takeObjects(value: unknown, { objects }: KubectlReading): boolean {
  const parts = itemsOf(value);
  if (parts.length === 0 || parts.length > objects.length) return false;
  if (!parts.every((part, index) => isSame(withoutEmptyNamespace(part), printed(objects[index] ?? "")))) return false;
  objects.splice(0, parts.length);
  return true;
}

/** Takes kubectl's complaint about a value that is no object of a kind. An empty list may pass without a word. */
function takeError(value: unknown, { errors }: KubectlReading): boolean {
  const [error] = errors;
  if (error?.type !== "decode" || !isWhatWasNotDecoded(error.message, value)) return itemsOf(value).length === 0;
  errors.shift();
  return true;
}

/** What kubectl says next: of an error and an object it is not known which comes first. */
function nextOf({ objects: [object], errors: [error] }: KubectlReading): string | undefined {
  const shown = error && `${error.type}: ${error.message}`;
  return shown === undefined || object === undefined ? (shown ?? object) : `${shown}, ${object}`;
}

/** What kubectl takes apart: the items of whatever has `items`, or the object itself. */
function itemsOf(value: unknown): readonly unknown[] {
  const items = isObject(value) && Object.hasOwn(value, "items") ? (value["items"] ?? []) : undefined;
  return Array.isArray(items) ? items.flatMap(itemsOf) : [value];
}

/** kubectl leaves out a namespace without a name. */
function withoutEmptyNamespace(value: unknown): unknown {
  const metadata = isObject(value) ? value["metadata"] : undefined;
  if (!isObject(value) || !isObject(metadata) || (metadata["namespace"] ?? "") !== "") return value;
  return { ...value, metadata: Object.fromEntries(Object.entries(metadata).filter(([key]) => key !== "namespace")) };
}

const KIND_MISSING = /^Object 'Kind' is missing in '([^]*)'$/;

/** What is no object, or whose `kind`, `metadata` or `items` have the wrong type. */
const NO_OBJECT = /into Go struct field|into Go value of type unstructured\.detector|is not a list/;

/** An object without a kind is shown in the message; of what is no object it is known that it was read. */
function isWhatWasNotDecoded(message: string, value: unknown): boolean {
  const text = KIND_MISSING.exec(message)?.[1];
  if (text === undefined) return NO_OBJECT.test(message);
  const shown: unknown = JSON.parse(text);
  return isDeepStrictEqual(rounded(value), rounded(shown));
}

/** kubectl's numbers are of 64 bits: whole ones are printed exactly, and kept as texts here. */
function printed(text: string): unknown {
  return JSON.parse(text.replaceAll(/^(\s*(?:"(?:[^"\\]|\\.)*": )?)(-?\d{16,})(,?)$/gm, `$1"${WHOLE}$2"$3`));
}

const WHOLE = "whole number ";

function isSame(value: unknown, shown: unknown): boolean {
  return isDeepStrictEqual(plain(value), plain(shown));
}

/** The value with numbers as Go has them. */
function plain(value: unknown): unknown {
  if (value instanceof NumberText) return goNumber(value.text);
  if (typeof value === "number") return value + 0;
  if (typeof value === "string") return value.startsWith(WHOLE) ? goNumber(value.slice(WHOLE.length)) : value;
  return inside(value, plain);
}

const INT64_LIMIT = 2n ** 63n;

function goNumber(text: string): unknown {
  if (!/^-?\d+$/.test(text) || Number.isSafeInteger(Number(text))) return Number(text) + 0;
  const whole = BigInt(text);
  return whole < INT64_LIMIT && whole >= -INT64_LIMIT ? `${WHOLE}${whole}` : Number(text);
}

/** The value as JavaScript reads it from JSON. */
function rounded(value: unknown): unknown {
  if (value instanceof NumberText) return Number(value.text) + 0;
  if (typeof value === "number") return value + 0;
  return typeof value === "string" ? value.toWellFormed() : inside(value, rounded);
}

function inside(value: unknown, change: (value: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map(change);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key.toWellFormed(), change(inner)]));
}
