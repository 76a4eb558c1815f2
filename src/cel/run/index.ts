/** Evaluates checked expressions. */
export { type NewStruct, newStructValue } from "./construction.ts";
export type { Meter, Variables } from "./frame.ts";
export { plan, Program } from "./program.ts";
