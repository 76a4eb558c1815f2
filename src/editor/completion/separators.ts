import type { TextRange } from "../../text/document/index.ts";

/** An entry of a map or list in flow style, with the commas that are missing before and behind it. */
export function separated(text: string, { start, end }: TextRange, entry: string): string {
  const before = charBefore(text, start);
  const behind = /\S/.exec(text.slice(end))?.[0];
  const isFirst = before === undefined || "{[,".includes(before);
  const isLast = behind === undefined || "}],".includes(behind);
  return `${isFirst ? "" : ", "}${entry}${isLast ? "" : ", "}`;
}

/** The last character before an offset that is no blank. */
function charBefore(text: string, offset: number): string | undefined {
  let at = offset - 1;
  while (at >= 0 && /\s/.test(text[at] ?? "")) at--;
  return text[at];
}
