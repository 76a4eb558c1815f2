/** Patterns by RE2, within what can be searched for in time. */
export { compilePattern, type Pattern, patternOf, TOO_LARGE } from "./pattern.ts";
