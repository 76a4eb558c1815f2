import { wantsColour } from "./colour.ts";
import { paintsFor } from "./paints.ts";

/** Longer lines are hard to read. */
const WIDEST = 100;
const NARROWEST = 40;

/** How a text on standard output is laid out: as wide as the terminal, within limits, with bold headings if it has colours. */
export function textLayout(output: NodeJS.WriteStream = process.stdout): {
  readonly width: number;
  readonly heading: (text: string) => string;
} {
  const columns = output.isTTY ? output.columns : WIDEST;
  return {
    width: Math.min(WIDEST, Math.max(NARROWEST, columns)),
    heading: paintsFor(wantsColour(process.env, output)).bold,
  };
}

/** A page of help with the address of the one on the site, which has more. */
export function withHelpLink(page: string, link: string): string {
  return `${page}\n\n  more: ${link}`;
}
