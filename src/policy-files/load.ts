import { createHash } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import { type CompiledFiles, compileSteps, type SourceFile } from "../policy/files/index.ts";
import { readSources } from "./sources.ts";

/** Policies that were loaded from files. */
export interface LoadedPolicies extends CompiledFiles {
  /** A digest of the files' names and contents. */
  readonly digest: string;
}

/**
 * Loads policies from files, as {@link compileFilesInSlices} does.
 * @param sources paths of files or directories, or names of built-in sets.
 */
export async function loadPolicies(sources: readonly string[]): Promise<LoadedPolicies> {
  return compileFilesInSlices(await readSources(sources));
}

/** The longest time, in milliseconds, for which loading policies keeps a server from everything else; a policy is not divided. */
const SLICE = 5;

/** Compiles policies from files that have been read, with pauses for whatever else there is to do. */
export async function compileFilesInSlices(files: readonly SourceFile[]): Promise<LoadedPolicies> {
  const steps = compileSteps(files);
  let pause = performance.now() + SLICE;
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done === true) return { ...step.value, digest: digestOf(files) };
    if (performance.now() < pause) continue;
    await setImmediate();
    pause = performance.now() + SLICE;
  }
}

/** A digest that changes whenever the name or the content of a file does. */
export function digestOf(files: readonly SourceFile[]): string {
  return createHash("sha256").update(JSON.stringify(files)).digest("hex");
}
