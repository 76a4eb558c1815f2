import { asSent, manifestsOf } from "#src/examine/manifests/index.ts";
import { identityOf } from "#src/examine/before/index.ts";
import { ManifestDuplicates } from "#src/examine/places/index.ts";
import type { Duplicate, TextDocument } from "#src/text/document/index.ts";
import { Parts } from "../session/index.ts";

/** A Service of the text, as it is sent to the API server. */
export interface SentService {
  readonly namespace: string;
  readonly name: string;
  readonly object: unknown;
  readonly duplicates: readonly Duplicate[];
}

/** Finds the Services of texts, of which one follows another. */
export class SentServices {
  readonly #parts = new Parts((documents) => [...documents].flatMap(servicesOf));

  /** The Services of a text; what cannot be read has none, and is a finding of the editor. */
  of(text: string, namespace: string): readonly SentService[] {
    return this.#parts
      .of(text)
      .flat()
      .map((service) => ({ ...service, ...identityOf(service.object, namespace) }));
  }
}

function servicesOf(document: TextDocument): Pick<SentService, "object" | "duplicates">[] {
  if (document.problems.length > 0) return [];
  const repeated = new ManifestDuplicates(document, false);
  return [...manifestsOf(document, false)].flatMap((manifest) =>
    manifest.type === "service"
      ? [{ object: asSent(manifest.value, document, false), duplicates: repeated.of(manifest.keys) }]
      : [],
  );
}
