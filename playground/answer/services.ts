import { asSent, manifestsOf } from "#src/examine/manifests/index.ts";
import { identityOf } from "#src/examine/before/index.ts";
import { ManifestDuplicates } from "#src/examine/places/index.ts";
import { streamText } from "#src/text/index.ts";
import { Lines } from "#src/text/document/index.ts";
import type { Duplicate } from "#src/text/document/index.ts";

/** A Service of the text, as it is sent to the API server. */
export interface SentService {
  readonly namespace: string;
  readonly name: string;
  readonly object: unknown;
  readonly duplicates: readonly Duplicate[];
}

/** The Services of a text; what cannot be read has none, and is a finding of the editor. */
export function sentServices(text: string, namespace: string): readonly SentService[] {
  return [...streamText(new Lines(text), { format: "auto" })].flatMap((document) => {
    if (document.problems.length > 0) return [];
    const repeated = new ManifestDuplicates(document, false);
    return [...manifestsOf(document, false)].flatMap((manifest) => {
      if (manifest.type !== "service") return [];
      const { keys, value } = manifest;
      const object = asSent(value, document, false);
      return [{ ...identityOf(value, namespace), object, duplicates: repeated.of(keys) }];
    });
  });
}
