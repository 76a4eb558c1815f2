import { visible } from "../console/index.ts";

/**
 * Text that is already HTML. Created only by {@link html} and {@link rawHtml}; all other text is escaped when
 * inserted.
 */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** A value in a template: text is escaped, a list is concatenated, and undefined or false inserts nothing. */
export type Part = Markup | string | number | false | undefined | readonly Part[];

/** HTML from a template. Every value is escaped unless it is {@link Markup}. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  let text = "";
  for (const [index, string] of strings.entries()) text += string + rendered(parts[index]);
  return new Markup(text);
}

/** Text to insert without escaping. Only for text of this program. */
export function rawHtml(text: string): Markup {
  return new Markup(text);
}

function rendered(part: Part): string {
  if (part === undefined || part === false) return "";
  if (part instanceof Markup) return part.text;
  if (typeof part === "object") return part.map(rendered).join("");
  return escaped(String(part));
}

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ["&", "&amp;"],
  ["<", "&lt;"],
  [">", "&gt;"],
  ['"', "&quot;"],
  ["'", "&#39;"],
]);

function escaped(text: string): string {
  // The page may be printed to a CI log: `#` and `:` are escaped where a runner would look for workflow commands.
  return visible(text)
    .replace(/[&<>"']/g, (character) => ENTITIES.get(character) ?? character)
    .replaceAll("##", "#&#35;")
    .replace(/^(\s*):(?=:)/, "$1&#58;");
}

/** A sentence whose parts in backticks are code. An option such as `--service-cidr` is not broken at its hyphens. */
export function prose(text: string): Part {
  return text
    .split(/`([^`]+)`/)
    .map((part, index) => (index % 2 === 0 ? withWholeOptions(part) : html`<code>${part}</code>`));
}

function withWholeOptions(text: string): Part {
  return text
    .split(/((?<![\w-])--[a-z][a-z-]{0,30})/)
    .map((part, index) => (index % 2 === 0 ? part : html`<span class="word">${part}</span>`));
}
