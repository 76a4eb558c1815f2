/** A run of the check: its request, worker threads, results, baseline and fixes. */
export { type Baseline, writeBaseline } from "./baseline.ts";
export { EventLoopYield } from "./event-loop-yield.ts";
export { exclusionNotes, type ExclusionSettings, settingSource } from "./exclusion-notes.ts";
export { Progress } from "./progress.ts";
export { runFacts } from "./run-facts.ts";
export { type CheckOutcomeOptions, outcomeOptionsOf, runRequestOf } from "./run-request.ts";
export type { CheckEvent } from "./run-results.ts";
export { runCheck, type RunRequest, stateBefore } from "./run.ts";
export { limitHeapGrowth } from "./young-generation.ts";
