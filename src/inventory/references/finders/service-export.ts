import { textAt } from "../../read/index.ts";
import { type Finder } from "./found.ts";

/**
 * A ServiceExport is about the Service of its own name and namespace. (A ServiceImport is about one that other clusters have, too: it
 * names none of this one.)
 */
export const inServiceExport: Finder = function* (exported) {
  const keys = ["metadata", "name"];
  const service = textAt(exported, keys);
  if (service !== undefined) yield { keys, to: { service } };
};
