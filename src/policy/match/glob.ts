/** A predicate on strings. */
export type TextPredicate = (text: string) => boolean;

/**
 * Compiles a glob for names: namespaces, users, labels and the like. The dialect has two wildcards and no escape: `*`
 * matches any run of characters, including none and including `/` and `.`, and `?` matches exactly one. All other
 * characters, including brackets, braces and `!`, match themselves, and case matters. The whole name must match.
 *
 * Matching takes time proportional to the product of the lengths at worst, and both lengths are bounded. (Globs for
 * file paths are another dialect, in which `*` does not match `/`.)
 */
export function compileGlob(glob: string): TextPredicate {
  if (!/[*?]/.test(glob)) return (text) => text === glob;
  if (glob === "*") return () => true;
  const prefix = glob.slice(0, -1);
  if (glob.endsWith("*") && !/[*?]/.test(prefix)) return (text) => text.startsWith(prefix);
  return (text) => globMatches(glob, text);
}

/** Compiles globs, any one of which must match. */
export function compileGlobs(globs: readonly string[]): TextPredicate {
  const matchers = globs.map(compileGlob);
  return (text) => matchers.some((matches) => matches(text));
}

/**
 * Compiles globs with exclusions: one glob must match, and none after a `!`. With only exclusions, all else matches.
 */
export function compileGlobsWithExclusions(globs: readonly string[]): TextPredicate {
  const inclusions = globs.filter((glob) => !glob.startsWith("!"));
  const isIncluded = inclusions.length === 0 ? () => true : compileGlobs(inclusions);
  const isExcluded = compileGlobs(globs.filter((glob) => glob.startsWith("!")).map((glob) => glob.slice(1)));
  return (text) => isIncluded(text) && !isExcluded(text);
}

function globMatches(glob: string, text: string): boolean {
  let [at, star, retry, pos] = [0, -1, 0, 0];
  while (pos < text.length) {
    if (glob[at] === "*") {
      star = at++;
      retry = pos;
    } else if (glob[at] === "?" || (at < glob.length && glob[at] === text[pos])) {
      at++;
      pos++;
    } else if (star >= 0) {
      // Backtrack: the last star consumes one character more. Earlier stars never need to.
      at = star + 1;
      pos = ++retry;
    } else return false;
  }
  while (glob[at] === "*") at++;
  return at === glob.length;
}
