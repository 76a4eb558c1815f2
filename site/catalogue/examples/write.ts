import type { CatalogueExample } from "./example.ts";

/** The text without the indentation of the table that it stands in, and with a line feed at its end. */
export function yaml(text: string): string {
  const lines = text.replace(/^\n/, "").trimEnd().split("\n");
  const indents = lines.filter((line) => line.trim() !== "").map((line) => line.length - line.trimStart().length);
  const indent = Math.min(...indents);
  return `${lines.map((line) => line.slice(indent)).join("\n")}\n`;
}

/** A manifest of a Service with this spec, and with this metadata beside the name `shop`. */
export function service(spec: string, metadata = "name: shop"): string {
  return `apiVersion: v1\nkind: Service\nmetadata:\n${indented(metadata)}spec:\n${indented(spec)}`;
}

function indented(text: string): string {
  return yaml(text).replaceAll(/^(?=.)/gm, "  ");
}

/** A change of a text: what is there once, and what stands there instead. */
type Change = readonly [from: string, to: string];

/**
 * The example whose good text is the bad one with these changes and nothing else.
 * @throws Error if a changed text is not there exactly once
 */
export function mended(bad: string, ...changes: readonly Change[]): Pick<CatalogueExample, "bad" | "good"> {
  const good = changes.reduce((text, [from, to]) => {
    if (text.split(from).length !== 2) throw new Error(`not there exactly once: ${from}\n${text}`);
    return text.replace(from, () => to);
  }, bad);
  return { bad, good };
}
