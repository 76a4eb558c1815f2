import { totalmem } from "node:os";

const MEBIBYTE = 1024 * 1024;

/** The part of the memory that the judging process may take for its objects; see docs/operations.md. */
const SHARE = 0.35;
/** Less is of no use, more no review needs. */
const [LEAST, MOST] = [64, 512];

/** How large the heap of the judging process may become, in MiB, in a container of this one's size. */
export function workerHeapSize(available = availableMemory()): number {
  return Math.round(Math.min(MOST, Math.max(LEAST, (available / MEBIBYTE) * SHARE)));
}

/** The container's limit, where there is one; Node says 0, or more than there is, where there is none. */
function availableMemory(): number {
  const limit = process.constrainedMemory();
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem();
}
