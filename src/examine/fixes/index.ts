/** The fixes that are made without asking anybody. */
export { type FixResult, type FixRound, fixText } from "./fix-text.ts";
