import { posix, resolve, sep } from "node:path";
import { RE2JS } from "re2js";

const TOKEN = /\\.|\*\*\/|\*\*|\*|\?|\{[^{}]*\}|\[!?[^\]/]+\]|[.+^$()|[\]{}\\]/g;

/** A compiled glob. */
export interface Glob {
  readonly test: (path: string) => boolean;
}

/**
 * Compiles a glob that matches whole paths: `*` and `?` match within a folder, `**` across folders, `{a,b}` one of
 * several texts, `[ab]` one of several characters, `\*` the character itself. Everything else matches itself. A pattern
 * without a slash matches in every folder, except for `.`, the folder itself. Matching takes time linear in the path whatever the glob: globs may be
 * untrusted, and a backtracking engine would need a second per path for a glob with five `**`.
 * @param folder the folder that a pattern with a slash is relative to
 */
export function compileGlob(glob: string, folder: string): Glob {
  const pattern = glob.includes("/") || glob === "." ? absoluteGlob(glob, folder) : `/**/${glob}`;
  const program = RE2JS.compile(source(pattern), RE2JS.DOTALL);
  return { test: (path) => program.matches(path) };
}

/** The pattern as an absolute one. Special characters in the folder's name are escaped. */
export function absoluteGlob(glob: string, folder: string): string {
  if (glob.startsWith("/")) return glob;
  return posix.join(escapeGlob(folder), glob);
}

/** A pattern that matches this path only. */
export function escapeGlob(path: string): string {
  return absolutePath(path).replace(/[*?[\]{}\\]/g, "\\$&");
}

/** A path as globs match it: absolute, with slashes. */
export function absolutePath(path: string): string {
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

/** A character class. One with a reversed range, such as `[z-a]`, is not a pattern and matches itself. */
function characters(inside: string): string {
  const isNegated = inside.startsWith("!");
  const set = (isNegated ? inside.slice(1) : inside).replace(/[\\\][^]/g, "\\$&");
  const isReversed = [...set.matchAll(/(.)-(.)/gsu)].some(
    ([, from = "", to = ""]) => (from.codePointAt(0) ?? 0) > (to.codePointAt(0) ?? 0),
  );
  return isReversed ? escaped(`[${inside}]`) : `[${isNegated ? "^/" : ""}${set}]`;
}

function escaped(text: string): string {
  return text.replace(/[.+^$()|[\]{}\\*?]/g, "\\$&");
}
