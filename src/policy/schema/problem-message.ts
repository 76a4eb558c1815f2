import type { Problem } from "./checker.ts";

/** The message of a problem for those who do not see the file: with the place within the field's text, if it has one. */
export function problemMessage({ message, within }: Problem): string {
  if (within === undefined || within.offset < 0) return message;
  const before = Array.from(within.text).slice(0, within.offset).join("").split("\n");
  const column = Array.from(before.at(-1) ?? "").length + 1;
  return within.text.includes("\n")
    ? `${message} (line ${before.length}, column ${column})`
    : `${message} (column ${column})`;
}
