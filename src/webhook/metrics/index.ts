/** Metrics, and the records of reviews for log and metrics. */
export { createMetrics, type Metrics } from "./metrics.ts";
export {
  policyRecordOf,
  recordOf,
  type RecordOptions,
  recordOptionsOf,
  type ReviewRecord,
  writeRecord,
} from "./review-record.ts";
