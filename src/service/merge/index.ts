/** What each way to apply a manifest makes of the stored object. */
export { clientSidePatch } from "./client-side.ts";
export { atomicPlaces, configurationProblems, UnreadableValue } from "./configuration-problems.ts";
export type { Conflict } from "./conflicts.ts";
export { areReadableFields, heldManagers, type HeldManager } from "./held-managers.ts";
export { APPLY_MODES, type ApplyMode, type ApplyOutcome, type ApplyRefusal, mergedObject } from "./merged-object.ts";
export { LAST_APPLIED } from "./ownership.ts";
export { mergeConfiguration } from "./server-side.ts";
