/** How functions are declared, and what calls cost. */
export { codePoints, patternCost, sizeOf, traversalCost } from "./cost.ts";
export type { FunctionDeclaration, Overload, Since } from "./declaration.ts";
