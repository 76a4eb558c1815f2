import type { ExaminationResult } from "../../examine/findings/index.ts";
import type { CheckFinding } from "../../examine/model/index.ts";
import { Fingerprints } from "./fingerprint.ts";

/** One result of the examination of a file, whose findings have fingerprints. */
export type FileResult =
  | Exclude<ExaminationResult, { readonly type: "finding" }>
  | (Omit<Extract<ExaminationResult, { readonly type: "finding" }>, "finding"> & { readonly finding: CheckFinding });

/** The results of a file with the fingerprints of its findings. @param results all of one file, in their order */
export function* withFingerprints(results: Iterable<ExaminationResult>): Generator<FileResult> {
  const fingerprints = new Fingerprints();
  for (const result of results) {
    if (result.type !== "finding") yield result;
    else yield { ...result, finding: { ...result.finding, fingerprint: fingerprints.next(result.finding) } };
  }
}
