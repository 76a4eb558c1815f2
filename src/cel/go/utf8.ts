const ASCII = /^[\0-\x7f]*$/;
const encoder = new TextEncoder();

/** The text as Go has it: a string of its bytes in UTF-8, each as one character up to U+00FF. */
export function toBytes(text: string): string {
  if (ASCII.test(text)) return text;
  const parts: string[] = [];
  let start = 0;
  // Lone surrogates of `fromBytes` become the bytes again that they stand for.
  for (const match of text.matchAll(/[\udc80-\udcff]/g)) {
    if (match.index > 0 && /[\ud800-\udbff]/.test(text.charAt(match.index - 1))) continue;
    parts.push(encoded(text.slice(start, match.index)), String.fromCharCode(match[0].charCodeAt(0) - 0xdc00));
    start = match.index + 1;
  }
  parts.push(encoded(text.slice(start)));
  return parts.join("");
}

function encoded(text: string): string {
  const parts: string[] = [];
  const bytes = encoder.encode(text);
  for (let at = 0; at < bytes.length; at += 4096) parts.push(String.fromCharCode(...bytes.subarray(at, at + 4096)));
  return parts.join("");
}

/**
 * The text of a string of bytes. A byte that is no UTF-8 becomes a lone surrogate, U+DC00 and the byte, so that nothing is
 * lost: Go keeps such bytes in its strings.
 */
export function fromBytes(bytes: string): string {
  if (ASCII.test(bytes)) return bytes;
  const parts: string[] = [];
  for (let at = 0; at < bytes.length;) {
    const width = widthAt(bytes, at);
    if (width === 0) {
      parts.push(String.fromCharCode(0xdc00 + bytes.charCodeAt(at)));
      at++;
    } else {
      parts.push(String.fromCodePoint(codePoint(bytes, at, width)));
      at += width;
    }
  }
  return parts.join("");
}

/** How many bytes the character there has; 0 if it is no UTF-8. */
function widthAt(bytes: string, at: number): number {
  const first = bytes.charCodeAt(at);
  if (first < 0x80) return 1;
  const width =
    first >= 0xc2 && first <= 0xdf ? 2 : first >= 0xe0 && first <= 0xef ? 3 : first >= 0xf0 && first <= 0xf4 ? 4 : 0;
  for (let i = 1; i < width; i++) if ((bytes.charCodeAt(at + i) & 0xc0) !== 0x80) return 0;
  if (width < 3) return width;
  const code = codePoint(bytes, at, width);
  // Not longer than needed, no surrogate, and nothing beyond the last code point.
  if (width === 3) return code >= 0x800 && (code < 0xd800 || code > 0xdfff) ? 3 : 0;
  return code >= 0x10000 && code <= 0x10ffff ? 4 : 0;
}

function codePoint(bytes: string, at: number, width: number): number {
  const first = bytes.charCodeAt(at);
  let code = width === 1 ? first : first & (0xff >> (width + 1));
  for (let i = 1; i < width; i++) code = code * 64 + (bytes.charCodeAt(at + i) & 0x3f);
  return code;
}
