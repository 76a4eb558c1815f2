/** The macros, by version. */
export { Expansion } from "./expansion.ts";
export { type Macro, MacroError } from "./macro.ts";
export { MAP_INSERT } from "./two-variables.ts";
export { macroOf, type Syntax } from "./syntax.ts";
