import { isObject, NumberText, valueAt } from "../../field/index.ts";
import type { Edit } from "../../examine/edits/index.ts";
import type { KeyPath, TextRange } from "../../text/document/index.ts";
import type { Diagnostic, Fix } from "../model/index.ts";
import { insertField } from "./insert-field.ts";
import { type Place, placeOf } from "./place.ts";
import { removeField } from "./remove-field.ts";
import type { Analysis } from "../analysis/index.ts";

/** What an advice asks for: a title, and the edit if the text lets it be made. */
interface Suggestion {
  readonly title: string;
  readonly edit: Edit | undefined;
}

interface Advice {
  readonly place: Place;
  readonly diagnostic: Diagnostic;
  readonly words: readonly string[];
}

/**
 * The phrases of advice that say what to write, in any message. An advice is a sentence for people; what is made of it here is
 * only offered if it turns out to help: `fixesAt` tries each.
 */
const PHRASES: readonly (readonly [RegExp, (advice: Advice) => readonly Suggestion[]])[] = [
  [
    /^leave (?:the annotation )?(\S+) out\b/,
    ({ place, words: [name = ""] }) => removals(name === "it" ? undefined : name, place),
  ],
  [/^leave the annotation out$/, ({ place }) => removals(undefined, place)],
  [
    /^rename it to (\S+)$/,
    ({ place, diagnostic: { start, end }, words: [name = ""] }) => [renamed({ start, end }, name, place)],
  ],
  [/\bor leave (\S+) out$/, ({ place, words: [name = ""] }) => removals(name, place)],
  [/^set ([A-Za-z]+) to (\S+)$/, ({ place, words: [name = "", value = ""] }) => [setting(name, value, place)]],
  [/^quote it: "(.*)"$/, ({ place, words: [word = ""] }) => quotes(word, place)],
  [/^write the number without the leading zero$/, ({ place }) => [withoutZeros(place)]],
  [
    /^(?:add|write|set) ([A-Za-z]+): (\S+?)(?:,|$)/,
    ({ place, words: [name = "", value = ""] }) => [setting(name, value, place)],
  ],
  [
    /\b(?:write|name it|use lower case:) ([^\s:,]+)(?: or ([^\s:,]+))?$/,
    ({ place, words }) => replacements(words, place),
  ],
  [/^use (?!lower)([A-Z]\w+)(?: or ([A-Z]\w+))?(?:,|$)/, ({ place, words }) => replacements(words, place)],
  [/^give (?:it|the port) a name,? such as /, ({ place }) => [portName(place)]],
];

/** What the advice of a diagnostic suggests to write. */
export function suggestionsFor(diagnostic: Diagnostic, analysis: Analysis): readonly Fix[] {
  const { advice = "", code } = diagnostic;
  const place = placeOf(diagnostic, analysis);
  if (place === undefined) return [];
  const suggestions = PHRASES.flatMap(([phrase, suggest]) => {
    const match = phrase.exec(advice);
    return match === null ? [] : suggest({ place, diagnostic, words: matched(match) });
  });
  if (code === "unknown-field") suggestions.push(...removals(undefined, place));
  return suggestions.flatMap(({ title, edit }): Fix[] =>
    edit === undefined || edit.before === edit.after ? [] : [{ title, edits: [edit], isSafe: false }],
  );
}

/** What the groups of a match have found; one that took no part has found nothing. */
function matched([, ...groups]: readonly (string | undefined)[]): readonly string[] {
  return groups.filter((group) => group !== undefined);
}

/** The field itself, an object around it, or a field beside it. */
function removals(name: string | undefined, { keys, ...rest }: Place): readonly Suggestion[] {
  const depth = name === undefined ? keys.length - 1 : keys.lastIndexOf(name);
  const target = name !== undefined && depth < 0 ? [...keys.slice(0, -1), name] : keys.slice(0, depth + 1);
  return [{ title: `Remove ${String(target.at(-1))}`, edit: removeField(target, { keys, ...rest }) }];
}

/** A key under another name. */
function renamed(range: TextRange, name: string, { text }: Place): Suggestion {
  const before = text.slice(range.start, range.end);
  const after = /^\w+$/.test(before) ? name : JSON.stringify(name);
  const isKey = /^(["']?)\w+\1$/.test(before);
  return { title: `Rename to ${name}`, edit: isKey ? { ...range, before, after } : undefined };
}

/** The scalar at the place, in the quotes that it has. */
function replacement(value: string, place: Place): Suggestion {
  const raw = rawOf("value", place.keys, place);
  const edit = raw && { start: raw.start, end: raw.end, before: raw.text, after: quoted(value, raw.text) };
  return { title: `Write ${value}`, edit };
}

function replacements(words: readonly string[], place: Place): readonly Suggestion[] {
  return words.map((word) => replacement(word, place));
}

function quotes(word: string, place: Place): readonly Suggestion[] {
  return (["key", "value"] as const).flatMap((what) => {
    const raw = rawOf(what, place.keys, place);
    if (raw?.text !== word) return [];
    const edit = { start: raw.start, end: raw.end, before: raw.text, after: `"${word}"` };
    return [{ title: `Put ${word} in quotes`, edit }];
  });
}

function withoutZeros(place: Place): Suggestion {
  const raw = rawOf("value", place.keys, place);
  const number = raw?.text.replace(/^([-+]?)0+(?=\d)/, "$1");
  return {
    title: `Write ${number ?? ""}`,
    edit: raw && number !== undefined ? { start: raw.start, end: raw.end, before: raw.text, after: number } : undefined,
  };
}

/** A field of the object that the diagnostic is in. */
function setting(name: string, value: string, place: Place): Suggestion {
  const { document, keys, root } = place;
  const depth = keys.lastIndexOf(name);
  const target = depth === -1 ? beside(name, place) : keys.slice(0, depth + 1);
  const title = `Write ${name}: ${value}`;
  const raw = rawOf("value", target, place);
  const isThere = (valueAt(document.value, target) ?? undefined) !== undefined;
  if (isThere && raw !== undefined)
    return { title, edit: { start: raw.start, end: raw.end, before: raw.text, after: quoted(value, raw.text) } };
  return {
    title,
    edit: isThere || target.length <= root.length ? undefined : insertField(target, plain(value), place),
  };
}

function beside(name: string, { document, keys, root }: Place): KeyPath {
  const parent = keys.slice(0, -1);
  // Fields of the spec are named from within its lists, too.
  const spec = [...root, "spec"];
  return keys.includes("spec") && isObject(valueAt(document.value, spec)) && !keys.includes("ports")
    ? [...spec, name]
    : [...parent, name];
}

function plain(value: string): string {
  return value.includes(":") ? JSON.stringify(value) : value;
}

function quoted(value: string, raw: string): string {
  const quote = /^["']/.exec(raw)?.[0] ?? "";
  return quote === "" ? plain(value) : `${quote}${value}${quote}`;
}

/** A name that says what the port is. */
function portName(place: Place): Suggestion {
  const { document, keys } = place;
  const port = valueAt(document.value, keys.slice(0, -1));
  const [number, protocol] = isObject(port) ? [port["port"], port["protocol"]] : [];
  const text = number instanceof NumberText ? number.text : String(number);
  const name = `${typeof protocol === "string" && /^(UDP|SCTP)$/.test(protocol) ? protocol.toLowerCase() : "tcp"}-${text}`;
  const raw = rawOf("value", keys, place);
  const title = `Name the port ${name}`;
  if ((valueAt(document.value, keys) ?? undefined) === undefined)
    return { title, edit: insertField(keys, name, place) };
  return { title, edit: raw && { start: raw.start, end: raw.end, before: raw.text, after: name } };
}

/** A scalar in one line, as it is written. */
function rawOf(what: "key" | "value", keys: KeyPath, { text, document }: Place) {
  const range = document.rangeOf(keys, what);
  const raw = range && text.slice(range.start, range.end);
  if (range === undefined || raw === undefined || raw === "" || /^[[{|>&*!]|\n/.test(raw)) return undefined;
  return { ...range, text: raw };
}
