import { NumberText } from "../field/json.ts";
import type { Keys, TextDocument, Word } from "../text/index.ts";

/** The word at this place that YAML has turned into something else, if there is one. */
export function wordAt(document: TextDocument, keys: Keys, what: "key" | "value"): Word | undefined {
  return document.words.find((word) => word.what === what && isSame(word.keys, keys));
}

/** What YAML made of the word, as the first half of a sentence. */
export function explain({ what, text, value }: Word): string {
  if (what === "key") return `YAML 1.1, which Kubernetes reads, makes the key \`${text}\` \`${String(value)}\``;
  if (typeof value === "string") return `\`${text}\` is text to Kubernetes, not a number to the base of 60`;
  if (typeof value === "boolean") return `YAML 1.1, which Kubernetes reads, takes \`${text}\` for the boolean ${value}`;
  const number = value instanceof NumberText ? value.text : String(value);
  return `YAML 1.1, which Kubernetes reads, takes \`${text}\` for ${isOctal(text) ? "the octal number " : ""}${number}`;
}

/** Words that the server takes without a word, although hardly anybody means what they become. */
export function silentlyChanged(document: TextDocument, keys: Keys): readonly Word[] {
  return document.words.filter(
    (word) =>
      word.keys.length > keys.length &&
      isSame(word.keys.slice(0, keys.length), keys) &&
      (word.what === "key" || isMisreadOctal(word)),
  );
}

function isOctal(text: string): boolean {
  return /^[-+]?0[0-7_]+$/.test(text);
}

function isMisreadOctal({ text, value }: Word): boolean {
  return isOctal(text) && Number(text.replaceAll("_", "")) !== value;
}

function isSame(a: Keys, b: Keys): boolean {
  return a.length === b.length && a.every((key, index) => key === b[index]);
}
