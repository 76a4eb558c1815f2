import { goQuote } from "../../field/index.ts";
import { Failure } from "./failure.ts";
import { fromBytes } from "./utf8.ts";

/** The parts of a URL, each with its own rules of what must be escaped in it. */
export type Part = "path" | "host" | "zone" | "user" | "query" | "fragment";

/** What need not be escaped in a part, beside letters, digits, `-`, `_`, `.` and `~`. Source: `shouldEscape` of Go's `net/url`. */
const PLAIN: Readonly<Record<Part, string>> = {
  path: "$&+,/:;=@",
  host: "!$&'()*+,;=:[]<>\"",
  zone: "!$&'()*+,;=:[]<>\"",
  user: "$&+,;=",
  query: "",
  fragment: "$&+,/:;=?@!()*",
};

/** Whether a character must be escaped in a part. */
export function mustEscape(character: string, part: Part): boolean {
  return !/[A-Za-z0-9\-_.~]/.test(character) && !PLAIN[part].includes(character);
}

/** The part with everything escaped that must be. Takes and gives strings of bytes. */
export function escape(text: string, part: Part): string {
  return text.replaceAll(/[^A-Za-z0-9\-_.~]/g, (character) => {
    if (PLAIN[part].includes(character)) return character;
    if (character === " " && part === "query") return "+";
    return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`;
  });
}

/** The part with nothing escaped. Takes and gives strings of bytes. */
export function unescape(text: string, part: Part): string | Failure {
  const bad = firstBad(text, part);
  if (bad !== undefined) return bad;
  const spaced = part === "query" ? text.replaceAll("+", " ") : text;
  return spaced.replaceAll(/%(..)/gs, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
}

/** The first mistake of an escaped part. */
function firstBad(text: string, part: Part): Failure | undefined {
  const isHost = part === "host" || part === "zone";
  for (const { 0: found, index } of text.matchAll(isHost ? /%[0-9A-Fa-f]{2}|[^]/g : /%([0-9A-Fa-f]{2})?/g)) {
    if (found === "%") return badEscape(text.slice(index, index + 3));
    if (!isHost) continue;
    if (found.length === 1) {
      if (found < "\x80" && mustEscape(found, part))
        return new Failure(`invalid character ${goQuote(found)} in host name`);
    } else if (found !== "%25" && isBadInHost(Number.parseInt(found.slice(1), 16), part)) return badEscape(found);
  }
  return undefined;
}

/** In a host only bytes beyond ASCII may be escaped, in a zone what may as well stand unescaped, and blanks. */
function isBadInHost(byte: number, part: Part): boolean {
  if (part === "host") return byte < 0x80;
  return byte !== 0x20 && mustEscape(String.fromCharCode(byte), "host");
}

function badEscape(text: string): Failure {
  return new Failure(`invalid URL escape ${goQuote(fromBytes(text))}`);
}
