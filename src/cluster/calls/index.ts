/** Which writes of Services the API server sends to which webhook, and which of them anything here looks at. */
export { type CallCoverage, CallConditions } from "./call-conditions.ts";
