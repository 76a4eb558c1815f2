import { NumberText } from "../../field/index.ts";
import type { KeyPath, MisleadingScalar } from "../../text/document/index.ts";
import { ManifestIndex } from "./manifest-index.ts";

/** The scalars of one document that YAML 1.1 reads as another type than they look like, indexed by location. */
export class MisreadScalars {
  readonly #byManifest: ManifestIndex<MisleadingScalar>;
  readonly #byLocation = new Map<string, MisleadingScalar>();

  constructor(scalars: readonly MisleadingScalar[]) {
    this.#byManifest = new ManifestIndex(scalars, ({ keys }) => keys);
    for (const scalar of scalars) {
      const location = locationKey(scalar.what, scalar.keys);
      if (!this.#byLocation.has(location)) this.#byLocation.set(location, scalar);
    }
  }

  /** The misread scalar at this location; undefined if there is none. */
  at(keys: KeyPath, what: "key" | "value"): MisleadingScalar | undefined {
    return this.#byLocation.get(locationKey(what, keys));
  }

  /** The misread scalars of a manifest that the server accepts silently, although their value is hardly ever intended. */
  silentlyChanged(manifest: KeyPath): readonly MisleadingScalar[] {
    return this.#byManifest
      .itemsIn(manifest)
      .filter((scalar) => scalar.keys.length > manifest.length && (scalar.what === "key" || isMisreadOctal(scalar)));
  }
}

function locationKey(what: "key" | "value", keys: KeyPath): string {
  return JSON.stringify([what, ...keys]);
}

/** How YAML reads the scalar, as the first half of a sentence. */
export function misreadingText({ what, text, value }: MisleadingScalar): string {
  if (what === "key") return `YAML 1.1, which Kubernetes reads, makes the key \`${text}\` \`${String(value)}\``;
  if (typeof value === "string") return `\`${text}\` is text to Kubernetes, not a number to the base of 60`;
  if (typeof value === "boolean") return `YAML 1.1, which Kubernetes reads, takes \`${text}\` for the boolean ${value}`;
  const number = value instanceof NumberText ? value.text : String(value);
  return `YAML 1.1, which Kubernetes reads, takes \`${text}\` for ${isOctal(text) ? "the octal number " : ""}${number}`;
}

function isOctal(text: string): boolean {
  return /^[-+]?0[0-7_]+$/.test(text);
}

function isMisreadOctal({ text, value }: MisleadingScalar): boolean {
  return isOctal(text) && Number(text.replaceAll("_", "")) !== value;
}
