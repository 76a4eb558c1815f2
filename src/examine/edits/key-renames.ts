import { isObject, nearestWord, valueAt } from "../../field/index.ts";
import type { Finding } from "../../service/findings/index.ts";
import { plainText } from "../../service/messages/index.ts";
import { fieldTakes } from "../../service/schema/index.ts";
import type { KeyPath } from "../../text/document/index.ts";

/** The correct name of a misspelled key, or why it is not renamed. */
export type Rename =
  | { readonly to: string; readonly reason?: undefined; readonly isAmbiguous?: undefined }
  | {
      readonly to: undefined;
      readonly reason: string;
      /** The name that it is most likely meant as. */
      readonly meant: string;
      /** Whether other keys may be meant as this name. */
      readonly isAmbiguous: boolean;
    };

/** The correct names of a manifest's misspelled keys. A key is not renamed if that would duplicate another key. */
export class KeyRenames {
  readonly #manifest: unknown;
  readonly #targets = new Map<Finding, { readonly name: string; readonly location: string }>();
  /** How many keys would be renamed to the same location. */
  readonly #uses = new Map<string, number>();
  readonly #isRepeated: (keys: KeyPath) => boolean;

  /**
   * @param findings all findings of the manifest
   * @param isRepeated whether the text has the field more than once: the findings need not include it
   */
  constructor(manifest: unknown, findings: readonly Finding[], isRepeated: (keys: KeyPath) => boolean) {
    this.#manifest = manifest;
    this.#isRepeated = isRepeated;
    for (const finding of findings) {
      if (finding.code !== "unknown-field") continue;
      const keys = finding.path.keys();
      // A field that is gone, or belongs elsewhere, means no other one here.
      if (finding.facts?.because !== undefined) continue;
      const name = nearestWord(plainText(String(keys.at(-1) ?? "")).trim(), finding.facts?.known);
      if (name === undefined || !fieldTakes([...keys.slice(0, -1), name], valueAt(manifest, keys))) continue;
      const location = JSON.stringify([...keys.slice(0, -1), name]);
      this.#targets.set(finding, { name, location });
      this.#uses.set(location, (this.#uses.get(location) ?? 0) + 1);
    }
  }

  /** The rename that fixes the finding; undefined if the finding is not about a misspelled key. */
  of(finding: Finding): Rename | undefined {
    const target = this.#targets.get(finding);
    if (target === undefined) return undefined;
    const { name, location } = target;
    const siblings = valueAt(this.#manifest, finding.path.keys().slice(0, -1));
    if (isObject(siblings) && Object.hasOwn(siblings, name)) {
      return {
        to: undefined,
        reason: `${name} is there already: keep one of the two`,
        meant: name,
        isAmbiguous: false,
      };
    }
    if ((this.#uses.get(location) ?? 0) > 1 || this.#isRepeated(finding.path.keys())) {
      return {
        to: undefined,
        reason: `more than one key here may be meant as ${name}: keep one of them`,
        meant: name,
        isAmbiguous: true,
      };
    }
    return { to: name };
  }
}
