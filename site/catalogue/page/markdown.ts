/** A page of the catalogue, in Markdown that VitePress and GitHub read alike. */
export interface CataloguePage {
  /** Without the site's base and without an ending: `findings/port-range`, `rules/index`. */
  readonly path: string;
  readonly title: string;
  /** One line, for search engines and lists. */
  readonly description: string;
  readonly markdown: string;
}

/** Text that stands for itself in Markdown: neither HTML nor an expression of Vue. Code in backticks stays as it is. */
export function prose(text: string): string {
  return text
    .split(/(`[^`]*`)/)
    .map((part, i) => (i % 2 === 1 ? part : part.replaceAll("<", "&lt;").replaceAll("{{", "&#123;&#123;")))
    .join("");
}

/** {@link prose} in which characters that would be markup stand for themselves, too. */
export function literal(text: string): string {
  return prose(text).replaceAll(/[*#]/g, "\\$&");
}

/** {@link prose} within a table. */
export function cell(text: string): string {
  return prose(text).replaceAll("|", "\\|").replaceAll("\n", " ");
}

/** A code block, with a fence that the text does not have. */
export function block(language: string, text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/^\s*(`{3,})/gm)].map(([, fence = ""]) => fence.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${text.trimEnd()}\n${fence}`;
}

/** A sentence: with a full stop, and with a capital unless it begins with the name of a field or of a program. */
export function asSentence(text: string): string {
  const capital = /^(?!kubectl )[a-z]+\b(?![A-Z(.])/.test(text) ? text.charAt(0).toUpperCase() + text.slice(1) : text;
  return /[.!?]$/.test(capital) ? capital : `${capital}.`;
}

/** The parts that there are, with a blank line between each two. */
export function paragraphs(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== "").join("\n\n");
}

/** A section with a heading; undefined if nothing is in it. */
export function section(heading: string, ...parts: readonly (string | undefined)[]): string | undefined {
  const body = paragraphs(...parts);
  return body === "" ? undefined : `## ${heading}\n\n${body}`;
}
