import type { Edit } from "../../examine/edits/index.ts";

/** What is shown of a long text. */
const LONGEST = 60;

/** What an edit does, as a menu shows it. */
export function fixTitle({ before, after }: Pick<Edit, "before" | "after">): string {
  if (after === `"${before}"`) return `Put ${shown(before)} in quotes`;
  if (before === `"${after}"` || before === `'${after}'`) return `Write ${shown(after)} without quotes`;
  return `Replace ${shown(before)} with ${shown(after)}`;
}

function shown(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
