const SPECIAL = /[.+^$()|\\]/g;

/**
 * A glob over paths as a regular expression: `*` and `?` stay within a folder, `**` crosses folders, `{a,b}` is one of
 * several. A pattern without a slash is looked for in every folder.
 */
export function globPattern(glob: string): RegExp {
  const anchored = glob.includes("/") ? glob.replace(/^(?:\.?\/)+/, "") : `**/${glob}`;
  const source = anchored.replace(SPECIAL, "\\$&").replace(/\*\*\/|\*\*|\*|\?|\{[^{}]*\}/g, (part) => {
    if (part === "**/") return "(?:[^/]+/)*";
    if (part === "**") return ".*";
    if (part === "*") return "[^/]*";
    if (part === "?") return "[^/]";
    return `(?:${part.slice(1, -1).replaceAll(",", "|").replaceAll("*", "[^/]*")})`;
  });
  return new RegExp(`^${source}$`);
}
