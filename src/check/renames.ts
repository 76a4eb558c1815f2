import { isObject, valueAt } from "../field/json.ts";
import type { Finding } from "../service/finding.ts";
import { nearestWord } from "../field/suggestion.ts";
import type { Duplicate } from "../text/index.ts";

/** What a misspelt key is to be called, or why it is not renamed. */
export type Rename =
  { readonly to: string; readonly because?: undefined } | { readonly to: undefined; readonly because: string };

/** The new names of a manifest's misspelt keys: none is given that would make a key twice. */
export class Renames {
  readonly #manifest: unknown;
  readonly #wanted = new Map<Finding, { readonly word: string; readonly place: string }>();
  readonly #times = new Map<string, number>();
  /** The fields that are named twice already. */
  readonly #repeated: ReadonlySet<string>;

  /**
   * @param findings all of the manifest's
   * @param duplicates its fields that are named twice: where another finding comes first, no finding tells of them
   */
  constructor(manifest: unknown, findings: readonly Finding[], duplicates: readonly Duplicate[]) {
    this.#manifest = manifest;
    this.#repeated = new Set(duplicates.map(({ path }) => path.toPointer()));
    for (const finding of findings) {
      if (finding.code !== "unknown-field") continue;
      const keys = finding.path.keys();
      const word = nearestWord(keys.at(-1), finding.facts?.known);
      if (word === undefined) continue;
      const place = JSON.stringify([...keys.slice(0, -1), word]);
      this.#wanted.set(finding, { word, place });
      this.#times.set(place, (this.#times.get(place) ?? 0) + 1);
    }
  }

  /** Undefined for a finding that no new name helps. */
  of(finding: Finding): Rename | undefined {
    const wanted = this.#wanted.get(finding);
    if (wanted === undefined) return undefined;
    const { word, place } = wanted;
    const siblings = valueAt(this.#manifest, finding.path.keys().slice(0, -1));
    if (isObject(siblings) && Object.hasOwn(siblings, word)) {
      return { to: undefined, because: `${word} is there already: keep one of the two` };
    }
    if ((this.#times.get(place) ?? 0) > 1 || this.#repeated.has(finding.path.toPointer())) {
      return { to: undefined, because: `more than one key here may be meant as ${word}: keep one of them` };
    }
    return { to: word };
  }
}
