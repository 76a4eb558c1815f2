import type { FileResult } from "../fingerprints/index.ts";

/** The result with its manifest converted: the manifest is the only part of a result that may hold class instances. */
export function withConvertedManifest(result: FileResult, convert: (manifest: unknown) => unknown): FileResult {
  if (result.type !== "service" || result.judged === undefined) return result;
  return { ...result, judged: { ...result.judged, manifest: convert(result.judged.manifest) } };
}
