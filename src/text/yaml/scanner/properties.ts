import { EXCLAMATION, isBlankOrEnd, isWord, PERCENT } from "./characters.ts";
import { type Cursor, syntaxError } from "./cursor.ts";
import type { NameToken, TagDirectiveToken, TagToken, VersionToken } from "./tokens.ts";

/** What may stand right behind the name of an anchor or an alias, besides white space. */
const BEHIND_NAME = new Set(Array.from("?:,]}%@`").map((character) => character.charCodeAt(0)));
/** What a tag may have besides letters, digits, `_` and `-`. */
const IN_TAG = new Set(Array.from(";/?:@&=+$,.!~*'()[]%").map((character) => character.charCodeAt(0)));

/** Scans `&name` or `*name`. */
export function anchorOrAlias(cursor: Cursor, type: "anchor" | "alias"): NameToken {
  const start = cursor.position;
  cursor.position++;
  const name = word(cursor);
  const next = cursor.peek();
  if (name === "" || !(isBlankOrEnd(next) || BEHIND_NAME.has(next))) {
    const message =
      name === "" && type === "alias"
        ? "a value that starts with `*` needs quotes; or this is an alias without a name"
        : `the name of an ${type} has letters, digits, \`_\` and \`-\` only; put the value in quotes if it is none`;
    throw cursor.errorHere(message, start);
  }
  return { type, name, start, end: cursor.position };
}

/** Scans a tag: `!!int`, `!name`, `!<tag:yaml.org,2002:int>`, or `!` alone. */
export function tag(cursor: Cursor): TagToken {
  const start = cursor.position;
  const parts = cursor.startsWith("!<") ? verbatimTag(cursor, start) : shorthandTag(cursor, start);
  if (!isBlankOrEnd(cursor.peek())) throw cursor.errorHere("a blank must follow a tag (`!...`)", start);
  return { type: "tag", ...parts, start, end: cursor.position };
}

interface TagParts {
  readonly handle: string;
  readonly suffix: string;
}

function verbatimTag(cursor: Cursor, start: number): TagParts {
  cursor.position += 2;
  const suffix = tagText(cursor, start);
  if (!cursor.startsWith(">")) throw cursor.errorHere("a tag that starts with `!<` ends with `>`", start);
  cursor.position++;
  return { handle: "", suffix };
}

function shorthandTag(cursor: Cursor, start: number): TagParts {
  const handle = tagHandle(cursor);
  if (handle.length > 1 && handle.endsWith("!")) return { handle, suffix: tagText(cursor, start) };
  const suffix = handle.slice(1) + tagText(cursor, start, true);
  return suffix === "" ? { handle: "", suffix: "!" } : { handle: "!", suffix };
}

/** `!`, a name, and perhaps another `!`. */
function tagHandle(cursor: Cursor): string {
  const start = cursor.position;
  cursor.position++;
  word(cursor);
  if (cursor.peek() === EXCLAMATION) cursor.position++;
  return cursor.text.slice(start, cursor.position);
}

function tagText(cursor: Cursor, start: number, mayBeEmpty = false): string {
  const from = cursor.position;
  let hasEscape = false;
  for (let code = cursor.peek(); isWord(code) || IN_TAG.has(code); code = cursor.peek()) {
    hasEscape ||= code === PERCENT;
    cursor.position++;
  }
  const raw = cursor.text.slice(from, cursor.position);
  if (raw === "" && !mayBeEmpty) throw cursor.errorHere("the name of this tag is missing", start);
  return hasEscape ? unescaped(raw, from) : raw;
}

function unescaped(raw: string, from: number): string {
  try {
    return decodeURIComponent(raw);
  } catch {
    throw syntaxError(from, from + raw.length, "this tag has a `%` that is followed by no character's code");
  }
}

/** Scans `%YAML 1.1` or `%TAG ! prefix`. */
export function directive(cursor: Cursor): VersionToken | TagDirectiveToken {
  const start = cursor.position;
  cursor.position++;
  const name = word(cursor);
  if (!isBlankOrEnd(cursor.peek()) || (name !== "YAML" && name !== "TAG")) {
    const message = "a line cannot start with `%`, unless it is %YAML or %TAG; put the value in quotes";
    throw syntaxError(start, Math.max(cursor.position, start + 1), message);
  }
  cursor.skipBlanks();
  const token = name === "YAML" ? versionDirective(cursor, start) : tagDirective(cursor, start);
  cursor.skipRestOfLine(start, "a directive (`%...`)");
  return token;
}

function versionDirective(cursor: Cursor, start: number): VersionToken {
  const from = cursor.position;
  while (isWord(cursor.peek()) || cursor.startsWith(".")) cursor.position++;
  const version = cursor.text.slice(from, cursor.position);
  const [, major, minor] = /^(\d{1,2})\.(\d{1,2})$/.exec(version) ?? [];
  if (major === undefined || minor === undefined)
    throw syntaxError(start, cursor.position, "%YAML takes a version: 1.1");
  return { type: "version-directive", version: `${Number(major)}.${Number(minor)}`, start, end: cursor.position };
}

function tagDirective(cursor: Cursor, start: number): TagDirectiveToken {
  const wrong = (): never => {
    throw syntaxError(start, Math.max(cursor.position, start + 1), "%TAG takes a handle and a prefix");
  };
  if (cursor.peek() !== EXCLAMATION) wrong();
  const handle = tagHandle(cursor);
  if ((handle !== "!" && !handle.endsWith("!")) || cursor.peek() === EXCLAMATION) wrong();
  const before = cursor.position;
  cursor.skipBlanks();
  if (cursor.position === before) wrong();
  const prefix = tagText(cursor, start);
  if (!isBlankOrEnd(cursor.peek())) wrong();
  return { type: "tag-directive", handle, prefix, start, end: cursor.position };
}

function word(cursor: Cursor): string {
  const start = cursor.position;
  while (isWord(cursor.peek())) cursor.position++;
  return cursor.text.slice(start, cursor.position);
}
