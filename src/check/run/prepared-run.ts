import type { Source } from "../../files/index.ts";
import type { RunContext } from "../context/index.ts";
import type { Input } from "../inputs/index.ts";
import type { InventoryData } from "../inventory/index.ts";
import type { Rendering } from "../render/index.ts";
import type { CheckEvent, RunResults } from "./run-results.ts";

/** The inputs of a run, and what they are judged by. */
export interface PreparedRun {
  readonly context: RunContext;
  readonly inputs: IterableIterator<Input>;
  readonly renderings: AsyncIterable<Rendering> | Iterable<Rendering>;
  readonly read: (file: string) => Source;
  /** The objects of the run, for the policies that look at them. */
  readonly objects?: InventoryData;
  /** What is said in the end: about objects that are no inputs, and about what is not known. */
  readonly end?: (results: RunResults) => Iterable<CheckEvent>;
}
