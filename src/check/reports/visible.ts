/** Control characters, marks that reorder or hide text, line separators of Unicode, and halves of surrogate pairs. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

const WIDE =
  /^[\p{Emoji_Presentation}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff01-\uff60\uffe0-\uffe6]$/u;
const COMBINING = /^\p{M}$/u;

const TAB_WIDTH = 4;

/**
 * The text in one line with everything in it to be seen: a manifest is somebody else's text, and must neither move
 * the cursor of the terminal that shows it nor hide a part of itself.
 */
export function visible(text: string): string {
  return text.replace(UNSEEN, picture);
}

function picture(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  if (code === 0x7f) return "\u2421";
  if (code >= 0xd800 && code <= 0xdfff) return "\ufffd";
  return `<U+${code.toString(16).toUpperCase().padStart(4, "0")}>`;
}

/** `##[error]` and `##vso[...]`, which runners look for anywhere in a line. */
const MARKED_COMMAND = /#(?=#[\w.-]*\[)/g;
/** `::error::`, which runners look for behind the blanks that a line begins with. */
const COMMAND = /^(\s*):(?=:)/gm;

/** Lines of text in which no runner of CI finds a command to itself: what would begin one is spelled out. */
export function defused(lines: string): string {
  return lines.replace(MARKED_COMMAND, "<U+0023>").replace(COMMAND, "$1<U+003A>");
}

/** The text as one line of a log: all of it to be seen, and no command to whoever reads the log. */
export function logLine(text: string): string {
  return defused(visible(text));
}

/** As {@link logLine}, for a text of several lines. */
export function logLines(text: string): string {
  return text.split("\n").map(logLine).join("\n");
}

/** JSON that says the same, and in which nothing is hidden, and no runner finds a command. */
export function plainJson(value: unknown): string {
  return JSON.stringify(value)
    .replace(UNSEEN, (character) => character.replace(/[^]/g, jsonEscape))
    .replace(MARKED_COMMAND, jsonEscape);
}

function jsonEscape(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** How many columns of a terminal the visible text takes. */
export function columns(text: string): number {
  let width = 0;
  for (const character of text) {
    if (WIDE.test(character)) width += 2;
    else if (!COMBINING.test(character)) width += 1;
  }
  return width;
}

/** The text made visible, its tabs made spaces; `column` (from 0) is where on the line it starts. */
export function expanded(text: string, column: number): string {
  let shown = "";
  for (const [index, part] of text.split("\t").entries()) {
    if (index > 0) shown += " ".repeat(TAB_WIDTH - ((column + columns(shown)) % TAB_WIDTH));
    shown += visible(part);
  }
  return shown;
}
