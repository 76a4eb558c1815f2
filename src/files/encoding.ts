import { isUtf8 } from "node:buffer";

/** How the text of a file is stored. The byte order mark, if there is one, is part of the text. */
export type Encoding = "utf-8" | "utf-16le" | "utf-16be";

/** The decoded text, or why the bytes have none. */
export type Decoded =
  { readonly text: string; readonly encoding: Encoding } | { readonly unreadable: string; readonly line?: number };

/** Decodes bytes as kubectl does: as UTF-16 if they start with its byte order mark, otherwise as UTF-8. */
export function decodeBytes(bytes: Buffer): Decoded {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return decodeUtf16(bytes, "utf-16le");
  if (first === 0xfe && second === 0xff) return decodeUtf16(bytes, "utf-16be");
  const text = bytes.toString("utf8");
  if (isUtf8(bytes)) return { text, encoding: "utf-8" };
  const line = text.slice(0, text.indexOf("\ufffd")).split("\n").length;
  return { unreadable: "this is not valid UTF-8: a byte on this line belongs to no character; save it as UTF-8", line };
}

function decodeUtf16(bytes: Buffer, encoding: Encoding): Decoded {
  const unreadable = "this starts like UTF-16, but half a character stands in it; save it as UTF-8";
  if (bytes.length % 2 !== 0) return { unreadable };
  const text = (encoding === "utf-16be" ? Buffer.from(bytes).swap16() : bytes).toString("utf16le");
  return text.isWellFormed() ? { text, encoding } : { unreadable };
}

/** The bytes that are decoded to the text. */
export function encodeText(text: string, encoding: Encoding): Buffer {
  if (encoding === "utf-8") return Buffer.from(text);
  const bytes = Buffer.from(text, "utf16le");
  return encoding === "utf-16be" ? bytes.swap16() : bytes;
}
