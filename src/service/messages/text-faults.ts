/** What is wrong with a string that should be a name: the first of these that applies is told instead of the whole rule. */

import { lookalike, plainText } from "./lookalikes.ts";

/** Ways to write a value that a program fills in later: envsubst, Flux, Kustomize, Helm, make, sed, and documentation. */
const PLACEHOLDERS = [
  /\$\{[^}]*\}/,
  /\$\([A-Za-z_][A-Za-z0-9_]*\)/,
  /\{\{.*?\}\}/,
  /\$[A-Za-z_][A-Za-z0-9_]*/,
  /<[A-Za-z][A-Za-z0-9 _.-]*>/,
  /%[A-Z_][A-Z0-9_]*%/,
  /@[A-Z_][A-Z0-9_]*@/,
  /__[A-Z][A-Z0-9_]*__/,
] as const;

/** Only this many characters are searched: every fault of a real name is at its start. */
const SEARCHED = 256;

/** The first placeholder in the text that nothing has filled in; undefined if there is none. */
export function placeholderIn(found: unknown): string | undefined {
  if (typeof found !== "string") return undefined;
  const text = found.slice(0, SEARCHED);
  return PLACEHOLDERS.map((pattern) => pattern.exec(text)?.[0]).find((match) => match !== undefined);
}

/** `the placeholder ${PORT} has not been filled in`; undefined for a value without one. */
export function placeholderFault(found: unknown): string | undefined {
  const placeholder = placeholderIn(found);
  return placeholder === undefined ? undefined : `the placeholder ${placeholder} has not been filled in`;
}

/**
 * `it contains an en dash (U+2013): write -`, "`\u0435` is the Cyrillic letter ie (U+0435), not the Latin e"; undefined if
 * every character is what it looks like.
 */
export function lookalikeFault(found: unknown): string | undefined {
  if (typeof found !== "string") return undefined;
  const text = found.slice(0, SEARCHED);
  // A word of another alphabet is what it looks like: only letters among Latin ones are taken for these.
  const isLatin = !/(?![A-Za-z])\p{L}/u.test(plainText(text)) && /[A-Za-z]/.test(text);
  for (const character of text) {
    const known = lookalike(character);
    if (known === undefined || (known.alphabet !== undefined && !isLatin)) continue;
    const code = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
    return known.alphabet === undefined
      ? `it contains ${known.name} (${code}): write ${PLAIN_NAMES[known.plain] ?? known.plain}`
      : `\`${character}\` is ${known.name} (${code}), not the Latin ${known.plain}`;
  }
  return undefined;
}

/** What cannot be seen when it is written. */
const PLAIN_NAMES: Readonly<Record<string, string>> = { "": "nothing", " ": "a plain space" };

/** Whether a text begins with a dash that is none to YAML: such a line is not a list item. */
export function beginsWithDash(text: string): boolean {
  return lookalike(text.slice(0, 1))?.plain === "-";
}

/** What is wrong with any text that programs read: a placeholder, or a character that looks like another. */
export function textFault(found: unknown): string | undefined {
  return placeholderFault(found) ?? lookalikeFault(found);
}

/** The characters of a name, and how many it may have. */
export interface NameRule {
  readonly max: number;
  /** A character that may be in the name. */
  readonly allowed: RegExp;
}

/** The most different characters that are listed. */
const MOST_LISTED = 3;

/**
 * The most specific thing that can be said of a string that breaks the rule of a name: a placeholder, a lookalike, the
 * length, the characters that are not allowed; undefined if it is none of these.
 */
export function nameFault(found: unknown, { max, allowed }: NameRule): string | undefined {
  if (typeof found !== "string") return undefined;
  if (found === "") return "it is empty";
  return textFault(found) ?? lengthFault(found, max) ?? characterFault(found, allowed);
}

function lengthFault(found: string, max: number): string | undefined {
  return found.length > max ? `it has ${found.length} characters, and ${max} are allowed` : undefined;
}

function characterFault(found: string, allowed: RegExp): string | undefined {
  const wrong = [...new Set(found.slice(0, SEARCHED))].filter((character) => !allowed.test(character));
  if (wrong.length === 0 || wrong.some((character) => /[A-Z]/.test(character))) return undefined;
  const listed = wrong.slice(0, MOST_LISTED).map((character) => JSON.stringify(character));
  return `${listed.join(" and ")} ${wrong.length === 1 ? "is" : "are"} not allowed in it`;
}
