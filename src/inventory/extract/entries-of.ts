import type { JsonObject } from "../../field/index.ts";
import type { Entries } from "../model/index.ts";

/** How the namespace of an object is told if it does not say so itself. */
export interface ExtractOptions {
  /** The namespace of manifests without one. */
  readonly namespace: string;
}

/** What an inventory keeps of an object; undefined for one that it does not know. */
export function entriesOf(_object: JsonObject, _options: ExtractOptions): Entries | undefined {
  return undefined;
}
