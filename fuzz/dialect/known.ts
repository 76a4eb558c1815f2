import type { Difference } from "./difference.ts";

/** The differences that `docs/yaml.md` tells and gives a reason for. */
const KNOWN: readonly { readonly name: string; readonly is: (difference: Difference, text: string) => boolean }[] = [
  { name: "bytes that are no text are refused; kubectl replaces them", is: ({ code }) => code === "encoding" },
  { name: "a control character behind the end of its document", is: ({ code }) => code === "control-character" },
  {
    name: "a JSON number beyond 64 bits",
    is: ({ kubectl }) => /cannot unmarshal number \S+ into Go value/.test(kubectl),
  },
  { name: "several byte order marks", is: (_, text) => /\ufeff\s*\ufeff/.test(text) },
];

/** The name of a difference, if it has one. */
export function knownName(difference: Difference, text: string): string | undefined {
  return KNOWN.find(({ is }) => is(difference, text))?.name;
}
