/** What the files of a run are examined with: its settings, compiled policies, and objects. */
export { type ContextSource, inSets, makeContext, type RunContext, withObjects } from "./context.ts";
