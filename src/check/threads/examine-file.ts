import { readSource } from "../../files/index.ts";
import { type Context, examine, type ExaminationResult, inSets } from "../findings/index.ts";
import type { InputFile } from "../inputs/index.ts";

/** A file to examine, as it is sent to a thread. */
export type SentFile = Pick<InputFile, "file" | "isNamed"> & Partial<Pick<InputFile, "sets">>;

/** The results for one file; undefined if they cannot be had in this way: {@link examineFile}. */
export type FileResults = readonly ExaminationResult[] | undefined;

/**
 * All results for one file, each converted; undefined if the main thread has to examine it by itself: it reports files that
 * cannot be read, and has a larger stack for those that are nested deeply.
 */
export function examineFile(
  { file, isNamed, sets = [] }: SentFile,
  context: Context,
  convert: (result: ExaminationResult) => ExaminationResult = (result) => result,
): FileResults {
  const read = readSource(file);
  if (!("text" in read)) return undefined;
  try {
    return [...examine(read.text, file, inSets(context, sets), isNamed)].map(convert);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
