import { totalmem } from "node:os";

const MEBIBYTE = 1024 * 1024;

/** The share of the available memory for the worker's heap; see docs/operations.md. */
const MEMORY_SHARE = 0.35;
/** In MiB. Less is too little for a large review, and no review needs more. */
const [MIN_HEAP, MAX_HEAP] = [64, 512];

/** The maximum heap size of the worker process for this amount of memory in bytes. @returns MiB */
export function workerHeapSize(available = availableMemory()): number {
  return Math.round(Math.min(MAX_HEAP, Math.max(MIN_HEAP, (available / MEBIBYTE) * MEMORY_SHARE)));
}

/** The memory limit of the container if there is one. Otherwise Node returns 0 or more than the machine has. */
function availableMemory(): number {
  const limit = process.constrainedMemory();
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem();
}
