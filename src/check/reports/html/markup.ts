import { visible } from "../visible.ts";

/** Text that is HTML already. Only {@link html} and {@link verbatim} make it; all else is escaped when it is put in. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What may stand in a template: text is escaped, a list is joined, and what is absent or false leaves nothing. */
export type Part = Markup | string | number | false | undefined | readonly Part[];

/** HTML from a template; every value in it is escaped unless it is {@link Markup}. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  let text = "";
  for (const [index, string] of strings.entries()) text += string + rendered(parts[index]);
  return new Markup(text);
}

/** Text that is to stand in the page as it is. Only for what this program itself has written. */
export function verbatim(text: string): Markup {
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
  // A page that goes to a log: `#` and `:` are spelled out where a runner would look for commands to itself.
  return visible(text)
    .replace(/[&<>"']/g, (character) => ENTITIES.get(character) ?? character)
    .replaceAll("##", "#&#35;")
    .replace(/^(\s*):(?=:)/, "$1&#58;");
}
