/**
 * Finds a place of a text in the YAML or JSON that writes it: in quotes, with escapes, in lines that are joined, or in a block.
 */

/**
 * The offset in the source of a place in the text of a scalar; undefined if the two do not fit together.
 * @param start the offset in the source at which the scalar begins, its quote or the header of its block
 * @param text what the scalar says
 * @param end the offset in the text, in UTF-16 units
 */
export function scalarOffset(source: string, start: number, text: string, end: number): number | undefined {
  const style = source.charAt(start);
  const isBlock = style === "|" || style === ">";
  const isQuoted = style === '"' || style === "'";
  const walk = { source, text, at: start + (isQuoted ? 1 : 0), done: 0 };
  const indentation = isBlock ? skipHeader(walk) : undefined;
  while (walk.done < end) {
    const isAhead =
      (style === '"' && skipEscape(walk)) ||
      (style === "'" && skipDoubled(walk)) ||
      skipSame(walk) ||
      skipBreaks(walk, indentation);
    if (!isAhead) return undefined;
  }
  return walk.at;
}

/** How far source and text have been read. */
interface Walk {
  readonly source: string;
  readonly text: string;
  at: number;
  done: number;
}

/** Goes to the first line of a block. Returns the indentation of its lines, which the text does not have. */
function skipHeader(walk: Walk): number {
  walk.at = endOf(/[^\n]*\n?/y, walk.source, walk.at);
  const first = endOf(BLANK_LINES, walk.source, walk.at);
  const own = endOf(BLANK_LINES, walk.text, 0);
  const indentation = Math.max(spacesAt(walk.source, first) - spacesAt(walk.text, own), 0);
  walk.at = first + indentation;
  walk.done = own;
  return indentation;
}

const BLANK_LINES = /(?:[ \t]*\r?\n)*/y;

function skipSame(walk: Walk): boolean {
  const character = walk.source.charAt(walk.at);
  if (character === "" || character === "\n" || character !== walk.text.charAt(walk.done)) return false;
  // Blanks before a line break are not in the text, or stand for the break.
  if (/[ \t]/.test(character) && LINE_BREAKS.test(rest(walk)) && !isFollowedByBreak(walk)) return false;
  walk.at++;
  walk.done++;
  return true;
}

/** Whether the text goes on with a line break after the blanks here. */
function isFollowedByBreak({ text, done }: Walk): boolean {
  return /^[ \t]+\n/.test(text.slice(done, done + 200));
}

const LINE_BREAKS = /^[ \t]*(?:\r?\n[ \t]*)+/;

function rest({ source, at }: Walk): string {
  return source.slice(at, at + 2000);
}

/**
 * Line breaks of the source: one is a blank in the text, or a break; of several there may be one less in the text.
 * @param indentation that of the lines of a block; elsewhere all blanks around a break are left out
 */
function skipBreaks(walk: Walk, indentation: number | undefined): boolean {
  const [breaks] = LINE_BREAKS.exec(rest(walk)) ?? [];
  if (breaks === undefined) return false;
  const written = breaks.split("\n").length - 1;
  const meant = endOf(/\n*/y, walk.text, walk.done) - walk.done;
  if (meant === written || (meant > 0 && meant === written - 1)) walk.done += meant;
  else if (meant === 0 && written === 1 && walk.text.charAt(walk.done) === " ") walk.done++;
  else return false;
  walk.at += indentation === undefined ? breaks.length : breaks.lastIndexOf("\n") + 1 + indentation;
  return true;
}

function skipDoubled(walk: Walk): boolean {
  if (!walk.source.startsWith("''", walk.at) || walk.text.charAt(walk.done) !== "'") return false;
  walk.at += 2;
  walk.done++;
  return true;
}

const ESCAPES: Readonly<Record<string, string>> = {
  "0": "\0",
  a: "\u0007",
  b: "\b",
  t: "\t",
  "\t": "\t",
  n: "\n",
  v: "\v",
  f: "\f",
  r: "\r",
  e: "\u001b",
  " ": " ",
  '"': '"',
  "/": "/",
  "\\": "\\",
  N: "\u0085",
  _: "\u00a0",
  L: "\u2028",
  P: "\u2029",
};

const ESCAPE =
  /^\\(?:x(?<x>[0-9a-fA-F]{2})|u(?<u>[0-9a-fA-F]{4})|U(?<long>[0-9a-fA-F]{8})|(?<lineBreak>\r?\n[ \t]*)|(?<character>[^]))/;

function skipEscape(walk: Walk): boolean {
  const found = ESCAPE.exec(rest(walk));
  if (found === null) return false;
  const { x, u, long, lineBreak, character = "" } = found.groups ?? {};
  const hex = x ?? u ?? long;
  const said =
    lineBreak !== undefined
      ? ""
      : hex === undefined
        ? ESCAPES[character]
        : String.fromCodePoint(Number.parseInt(hex, 16));
  if (said === undefined || !walk.text.startsWith(said, walk.done)) return false;
  walk.at += found[0].length;
  walk.done += said.length;
  return true;
}

function spacesAt(text: string, at: number): number {
  return endOf(/ */y, text, at) - at;
}

/** Where a sticky pattern that begins there ends. */
function endOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}
