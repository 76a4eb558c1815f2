import { textAt } from "../../read/index.ts";
import { type Finder } from "./found.ts";

/** The Service that gives the Pods of a StatefulSet their host names: only a headless one does. */
export const inStatefulSet: Finder = function* (set) {
  const keys = ["spec", "serviceName"];
  const service = textAt(set, keys);
  if (service !== undefined) yield { keys, to: { service }, needsHeadless: true };
};
