/** The threads of a large run: each examines files, and sends back what it found. */
export { examineFile } from "./examine-file.ts";
export { WorkerPool } from "./worker-pool.ts";
