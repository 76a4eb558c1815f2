/** Metrics, and the record of each review that feeds log and metrics. */
export { createMetrics, type Metrics } from "./metrics.ts";
export {
  policyRecordOf,
  recordOf,
  type RecordOptions,
  recordOptionsOf,
  type ReviewRecord,
  writeRecord,
} from "./review-record.ts";
