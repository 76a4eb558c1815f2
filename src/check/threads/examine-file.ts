import { readSource } from "../../files/index.ts";
import { examine } from "../../examine/findings/index.ts";
import { inSets, type RunContext } from "../context/index.ts";
import { type FileResult, withFingerprints } from "../fingerprints/index.ts";
import type { InputFile } from "../inputs/index.ts";

/** A file to examine, as it is sent to a thread. */
export type SentFile = Pick<InputFile, "file" | "isNamed"> & Partial<Pick<InputFile, "sets">>;

/** The results for one file; undefined if they cannot be had in this way: {@link examineFile}. */
export type FileResults = readonly FileResult[] | undefined;

/**
 * All results for one file, each converted; undefined if the main thread has to examine it by itself: it reports files that
 * cannot be read, and has a larger stack for those that are nested deeply.
 */
export function examineFile(
  { file, isNamed, sets = [] }: SentFile,
  context: RunContext,
  convert: (result: FileResult) => FileResult = (result) => result,
): FileResults {
  const read = readSource(file);
  if (!("text" in read)) return undefined;
  try {
    return Array.from(withFingerprints(examine(read.text, file, inSets(context, sets), isNamed)), convert);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
