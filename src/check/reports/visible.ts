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
