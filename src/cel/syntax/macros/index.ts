/** The macros: calls that are replaced by other expressions before they are checked. */
export { Expansion } from "./expansion.ts";
export { MacroError } from "./macro.ts";
export { macroOf } from "./table.ts";
