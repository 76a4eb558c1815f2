/** The worker process that judges large reviews. */
export type { ReviewKind } from "./messages.ts";
export { WorkerProcess, type WorkerProcessOptions } from "./worker-process.ts";
