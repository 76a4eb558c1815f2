import { Path } from "../../field/index.ts";
import type { Duplicate, KeyPath, TextDocument } from "../../text/document/index.ts";
import { ManifestIndex } from "./manifest-index.ts";

/** The keys that occur more than once in the manifests of a document. */
export class ManifestDuplicates {
  readonly #index: ManifestIndex<Duplicate>;

  /** @param assumeService whether the API server's endpoint reads the text, which refuses a merged key that is overridden */
  constructor({ duplicates }: TextDocument, assumeService: boolean) {
    // kubectl resolves merge keys before it sends anything.
    const repeated = duplicates.filter(({ isMerged }) => isMerged !== true || assumeService);
    this.#index = new ManifestIndex(repeated, ({ path }) => path.keys());
  }

  /** Those of the manifest at this place, with paths from there on. */
  of(keys: KeyPath): readonly Duplicate[] {
    return this.#index
      .itemsIn(keys)
      .map(({ path, ...rest }) => ({ ...rest, path: Path.of(path.keys().slice(keys.length)) }));
  }
}
