import { type Need, NEEDS } from "../../inventory/model/index.ts";
import type { FileObjects } from "./run-inventory.ts";

/**
 * What a run knows of. What seems to be missing is said only of kinds of objects of which there are some, unless this is all there is.
 * @param isAll whether these are all objects
 */
export function knownNeeds(isAll: boolean, files: readonly FileObjects[]): readonly Need[] {
  return isAll ? NEEDS : NEEDS.filter((need) => need === "quotas" || files.some((file) => has(file, need)));
}

function has({ objects }: FileObjects, need: Need): boolean {
  return objects.some(({ entries }) => (entries[need]?.length ?? 0) > 0);
}
