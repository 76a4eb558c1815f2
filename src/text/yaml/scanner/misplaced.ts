import type { TextError } from "../../document/index.ts";
import { type Cursor, syntaxError } from "./cursor.ts";
import type { Token } from "./tokens.ts";

/** The error of the character at the cursor. */
export function atCursor({ position }: Cursor, message: string): TextError {
  return syntaxError(position, position + 1, message);
}

/** The error of a character that no token starts with. */
export function badStart(cursor: Cursor, character: string): TextError {
  const message =
    character === "\t"
      ? "a tab indents this line; YAML allows spaces only"
      : `a value cannot start with \`${character}\`; put it in quotes`;
  return atCursor(cursor, message);
}

/** The error of a colon where no key may stand. @param before the token that was made last */
export function noKeyHere(cursor: Cursor, before: Token | undefined): TextError {
  if (before?.type === "scalar" && /^--(?:\s|$)/.test(before.value)) {
    return atCursor(cursor, "documents are separated by three hyphens: `---`");
  }
  return atCursor(
    cursor,
    before !== undefined && before.start < cursor.lineStart
      ? "a key and its colon must stand on one line"
      : "a second `key: value` stands on one line; put it on its own line, or the value in quotes",
  );
}
