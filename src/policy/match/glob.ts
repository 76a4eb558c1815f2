export type Matcher = (text: string) => boolean;

/**
 * A function that matches names against a glob: `*` stands for any run of characters, `?` for any one. The whole name
 * must match. Runs in time proportional to the lengths' product at worst; both are bounded.
 */
export function compileGlob(glob: string): Matcher {
  if (!/[*?]/.test(glob)) return (text) => text === glob;
  if (glob === "*") return () => true;
  const prefix = glob.slice(0, -1);
  if (glob.endsWith("*") && !/[*?]/.test(prefix)) return (text) => text.startsWith(prefix);
  return (text) => globMatches(glob, text);
}

/** Whether one of the globs matches. */
export function compileGlobs(globs: readonly string[]): Matcher {
  const matchers = globs.map(compileGlob);
  return (text) => matchers.some((matches) => matches(text));
}

/** Globs, one of which must match; those after `!` must not. With only such ones, all else matches. */
export function compileGlobsOrNot(globs: readonly string[]): Matcher {
  const wanted = globs.filter((glob) => !glob.startsWith("!"));
  const included = wanted.length === 0 ? () => true : compileGlobs(wanted);
  const excluded = compileGlobs(globs.filter((glob) => glob.startsWith("!")).map((glob) => glob.slice(1)));
  return (text) => included(text) && !excluded(text);
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
      // The last star takes one character more; earlier stars never need to.
      at = star + 1;
      pos = ++retry;
    } else return false;
  }
  while (glob[at] === "*") at++;
  return at === glob.length;
}
