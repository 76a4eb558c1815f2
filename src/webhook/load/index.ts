/** Fairness and overload: batches, queues by client, what is refused. */
export { endOfBatchStep, ReviewBatches } from "./batches.ts";
export { BytesInFlight } from "./bytes-in-flight.ts";
export { ClientQueues } from "./client-queues.ts";
export { LoadShedding } from "./load-shedding.ts";
