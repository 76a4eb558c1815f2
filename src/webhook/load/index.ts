/** Protection against overload: batches of reviews, fair queues for clients, limits on memory, refusals. */
export { BytesInFlight } from "./bytes-in-flight.ts";
export { ClientQueues } from "./client-queues.ts";
export { LoadShedder } from "./load-shedder.ts";
export { nextBatchStep, ReviewBatches } from "./review-batches.ts";
