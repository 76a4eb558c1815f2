// Classes of Unicode take a millisecond to compile each: they are in functions that are not called for plain ASCII.
const PLAIN = /^[ -~]*$/;

/** Control characters, format characters that reorder or hide text, Unicode line separators, and lone surrogates. */
const invisible = (): RegExp => /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

const isWide = (character: string): boolean =>
  /^[\p{Emoji_Presentation}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff01-\uff60\uffe0-\uffe6]$/u.test(
    character,
  );

const isCombining = (character: string): boolean => /^\p{M}$/u.test(character);

const TAB_WIDTH = 4;

/**
 * The text in one line, with every character visible: a manifest is untrusted text, and must neither move the cursor of
 * the terminal that shows it nor hide a part of itself.
 */
export function visible(text: string): string {
  return PLAIN.test(text) ? text : text.replace(invisible(), symbolFor);
}

function symbolFor(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  if (code === 0x7f) return "\u2421";
  if (code >= 0xd800 && code <= 0xdfff) return "\ufffd";
  return `<U+${code.toString(16).toUpperCase().padStart(4, "0")}>`;
}

/** `##[error]` and `##vso[...]`, which CI runners interpret anywhere in a line. */
const MARKED_COMMAND = /#(?=#[\w.-]*\[)/g;
/** `::error::`, which CI runners interpret at the start of a line, after white space. */
const COMMAND = /^(\s*):(?=:)/gm;

/**
 * The lines without workflow commands for CI runners: the character that would begin one is written as a code point.
 */
export function withoutWorkflowCommands(lines: string): string {
  return lines.replace(MARKED_COMMAND, "<U+0023>").replace(COMMAND, "$1<U+003A>");
}

/** The text as one line of a log: with every character visible, and without workflow commands. */
export function logLine(text: string): string {
  return withoutWorkflowCommands(visible(text));
}

/** As {@link logLine}, for a text of several lines. */
export function logLines(text: string): string {
  return text.split("\n").map(logLine).join("\n");
}

/** The value as JSON in which invisible characters and workflow commands are escaped. */
export function visibleJson(value: unknown): string {
  const json = JSON.stringify(value);
  const shown = PLAIN.test(json)
    ? json
    : json.replace(invisible(), (character) => character.replace(/[^]/g, jsonEscape));
  return shown.replace(MARKED_COMMAND, jsonEscape);
}

function jsonEscape(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** How many columns of a terminal the text takes, which must be visible text. */
export function displayWidth(text: string): number {
  if (PLAIN.test(text)) return text.length;
  let width = 0;
  for (const character of text) {
    if (isWide(character)) width += 2;
    else if (!isCombining(character)) width += 1;
  }
  return width;
}

/** The text made visible, with tabs expanded to spaces. @param column where on the line it starts, from 0 */
export function expandTabs(text: string, column: number): string {
  let shown = "";
  for (const [index, part] of text.split("\t").entries()) {
    if (index > 0) shown += " ".repeat(TAB_WIDTH - ((column + displayWidth(shown)) % TAB_WIDTH));
    shown += visible(part);
  }
  return shown;
}
