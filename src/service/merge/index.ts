/** What each way to apply a manifest makes of the stored object. */
export { APPLY_MODES, type ApplyMode, mergedObject } from "./merged-object.ts";
export { PatchError } from "./strategic-patch.ts";
