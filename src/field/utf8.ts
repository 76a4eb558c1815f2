const ENCODER = new TextEncoder();
/** What is encoded only to be counted goes here: it is written and never read. */
const SCRATCH = new Uint8Array(16_384);
/** So many UTF-16 units fit into it: none takes more than three bytes. */
const UNITS_AT_ONCE = Math.floor(SCRATCH.length / 3) - 1;
/** Up to here a loop is faster than the call of a native function. */
const SHORT = 12;

/**
 * The length of a text in UTF-8, in bytes; an unpaired surrogate counts as the three bytes of the replacement character.
 * Native, except for short texts: texts may be huge, and aliases of YAML repeat them.
 */
export function utf8Length(text: string): number {
  if (text.length <= SHORT) return lengthOfShort(text);
  if (text.length <= UNITS_AT_ONCE) return ENCODER.encodeInto(text, SCRATCH).written;
  let length = 0;
  for (let at = 0; at < text.length;) {
    const end = at + UNITS_AT_ONCE;
    // A pair is counted as one character.
    const next = isHighSurrogate(text.charCodeAt(end - 1)) ? end + 1 : end;
    length += ENCODER.encodeInto(text.slice(at, next), SCRATCH).written;
    at = next;
  }
  return length;
}

function lengthOfShort(text: string): number {
  let length = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) continue;
    length += unit < 0x800 ? 1 : 2;
    // Two units, four bytes.
    if (isHighSurrogate(unit) && isLowSurrogate(text.charCodeAt(i + 1))) i++;
  }
  return length;
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00;
}

/** Also false of what is behind the end of a text: that is not a number. */
function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit < 0xe000;
}

/** Compares two texts by their bytes in UTF-8, as Go compares strings: negative if the first comes first. */
export function compareByUtf8(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length);
  let at = 0;
  while (at < shorter && a.charCodeAt(at) === b.charCodeAt(at)) at++;
  if (at === shorter && shorter > 0 && !isSurrogate(a.charCodeAt(at - 1))) return a.length - b.length;
  const [left, right] = [a.charCodeAt(at), b.charCodeAt(at)];
  // Only surrogates are in another order: the character that two of them make comes behind all of one unit.
  return left < 0xd800 && right < 0xd800 ? left - right : compareBytes(ENCODER.encode(a), ENCODER.encode(b));
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const at = a.findIndex((byte, i) => byte !== b[i]);
  return at === -1 ? a.length - b.length : (a[at] ?? 0) - (b[at] ?? -1);
}

function isSurrogate(unit: number): boolean {
  return isHighSurrogate(unit) || isLowSurrogate(unit);
}
