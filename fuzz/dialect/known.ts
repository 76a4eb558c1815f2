import type { Difference } from "./difference.ts";

/** The differences that `docs/yaml.md` tells and gives a reason for. */
const KNOWN: readonly { readonly name: string; readonly is: (difference: Difference, text: string) => boolean }[] = [
  { name: "bytes that are no text are refused; kubectl replaces them", is: ({ code }) => code === "encoding" },
  {
    name: "what JSON cannot have, in a value that a duplicate key replaces",
    is: ({ code }) => code === "bad-key" || code === "bad-number",
  },
  {
    name: "a control character behind the end of its document",
    is: ({ code }, text) => code !== undefined && /(?![\t\n\r\u0085])[\p{Cc}\ufffe\uffff]/u.test(text),
  },
  { name: "a carriage return before a line break of two characters", is: (_, text) => text.includes("\r\r\n") },
  {
    name: "a JSON number beyond 64 bits",
    is: ({ kubectl }) => /cannot unmarshal number \S+ into Go value/.test(kubectl),
  },
  {
    name: "a byte order mark where a piece of go-yaml's buffer starts",
    is: (_, text) => /\ufeff\s*\ufeff|[^]{500}\ufeff/.test(text),
  },
];

/** The name of a difference, if it has one. */
export function knownName(difference: Difference, text: string): string | undefined {
  return KNOWN.find(({ is }) => is(difference, text))?.name;
}
