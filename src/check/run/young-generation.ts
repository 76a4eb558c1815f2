import { setFlagsFromString } from "node:v8";

/** How many files a run checks before its heap is kept as it is. */
const FILES_OF_SMALL_RUN = 1000;

/**
 * To be told how many files were checked. Of a long run, the part of V8's heap for new objects stays as large as it has become
 * so far: it would go on to grow to three times 16 MiB and stay so, although all that a file leaves behind is a name. There
 * is no other way to say this from within a process; the flag is read each time that this part would grow.
 */
export function limitHeapGrowth(files: number): void {
  if (files === FILES_OF_SMALL_RUN) setFlagsFromString("--semi-space-growth-factor=1");
}
