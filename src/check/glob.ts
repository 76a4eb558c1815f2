import { posix, resolve, sep } from "node:path";
import { RE2JS } from "re2js";

const TOKEN = /\\.|\*\*\/|\*\*|\*|\?|\{[^{}]*\}|\[!?[^\]/]+\]|[.+^$()|[\]{}\\]/g;

/** What tells whether a glob takes a path. */
export interface Glob {
  readonly test: (path: string) => boolean;
}

/**
 * A glob over whole paths: `*` and `?` stay within a folder, `**` crosses folders, `{a,b}` is
 * one of several, `[ab]` one character of several, `\*` the character itself. A pattern without a slash is looked for in
 * every folder; anything that is no pattern stands for itself. Takes a time linear in the path whatever the glob: it may be
 * somebody else's, and five `**` in one would take a backtracking engine a second for each path.
 * @param folder what a pattern with a slash is relative to
 */
export function globOf(glob: string, folder: string): Glob {
  const pattern = glob.includes("/") ? anchored(glob, folder) : `/**/${glob}`;
  const program = RE2JS.compile(source(pattern), RE2JS.DOTALL);
  return { test: (path) => program.matches(path) };
}

/** The pattern as an absolute one: what is special to patterns in the folder's own name is not meant as such. */
export function anchored(glob: string, folder: string): string {
  if (glob.startsWith("/")) return glob;
  return posix.join(literal(folder), glob);
}

/** A pattern for this one path. */
export function literal(path: string): string {
  return absolute(path).replace(/[*?[\]{}\\]/g, "\\$&");
}

/** A path as `globOf` sees it: absolute, with slashes. */
export function absolute(path: string): string {
  return resolve(path).split(sep).join("/");
}

function source(glob: string): string {
  return glob.replace(TOKEN, translated);
}

function translated(token: string): string {
  const [first = "", second = ""] = token;
  if (token === "**/") return "(?:[^/]+/)*";
  if (token === "**") return ".*";
  if (token === "*") return "[^/]*";
  if (token === "?") return "[^/]";
  if (first === "{" && token.length > 1) return `(?:${token.slice(1, -1).split(",").map(source).join("|")})`;
  if (first === "[" && token.length > 1) return characters(token.slice(1, -1));
  return escaped(first === "\\" ? second || first : token);
}

/** Ranges that run backwards are no pattern, and stand for themselves. */
function characters(inside: string): string {
  const isNegated = inside.startsWith("!");
  const set = (isNegated ? inside.slice(1) : inside).replace(/[\\\][^]/g, "\\$&");
  const isBackwards = [...set.matchAll(/(.)-(.)/gsu)].some(
    ([, from = "", to = ""]) => (from.codePointAt(0) ?? 0) > (to.codePointAt(0) ?? 0),
  );
  return isBackwards ? escaped(`[${inside}]`) : `[${isNegated ? "^/" : ""}${set}]`;
}

function escaped(text: string): string {
  return text.replace(/[.+^$()|[\]{}\\*?]/g, "\\$&");
}
