import { NumberText } from "../field/json.ts";
import type { Keys, Word } from "../text/index.ts";
import { ByManifest } from "./by-manifest.ts";

/** The words of one document, found without a look at all of them. */
export class Words {
  readonly #byManifest: ByManifest<Word>;
  readonly #byPlace = new Map<string, Word>();

  constructor(words: readonly Word[]) {
    this.#byManifest = new ByManifest(words, ({ keys }) => keys);
    for (const word of words) {
      const place = placeKey(word.what, word.keys);
      if (!this.#byPlace.has(place)) this.#byPlace.set(place, word);
    }
  }

  /** The word at this place that YAML has turned into something else, if there is one. */
  at(keys: Keys, what: "key" | "value"): Word | undefined {
    return this.#byPlace.get(placeKey(what, keys));
  }

  /** Words in a manifest that the server takes without a word, although hardly anybody means what they become. */
  silentlyChanged(manifest: Keys): readonly Word[] {
    return this.#byManifest
      .in(manifest)
      .filter((word) => word.keys.length > manifest.length && (word.what === "key" || isMisreadOctal(word)));
  }
}

function placeKey(what: "key" | "value", keys: Keys): string {
  return JSON.stringify([what, ...keys]);
}

/** What YAML made of the word, as the first half of a sentence. */
export function explain({ what, text, value }: Word): string {
  if (what === "key") return `YAML 1.1, which Kubernetes reads, makes the key \`${text}\` \`${String(value)}\``;
  if (typeof value === "string") return `\`${text}\` is text to Kubernetes, not a number to the base of 60`;
  if (typeof value === "boolean") return `YAML 1.1, which Kubernetes reads, takes \`${text}\` for the boolean ${value}`;
  const number = value instanceof NumberText ? value.text : String(value);
  return `YAML 1.1, which Kubernetes reads, takes \`${text}\` for ${isOctal(text) ? "the octal number " : ""}${number}`;
}

function isOctal(text: string): boolean {
  return /^[-+]?0[0-7_]+$/.test(text);
}

function isMisreadOctal({ text, value }: Word): boolean {
  return isOctal(text) && Number(text.replaceAll("_", "")) !== value;
}
