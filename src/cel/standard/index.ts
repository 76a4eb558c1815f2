/** The functions of the CEL specification, and those of the optional values. */
import type { FunctionDeclaration } from "../functions/index.ts";
import { ARITHMETIC } from "./arithmetic.ts";
import { COMPARISONS } from "./comparison.ts";
import { CONVERSIONS } from "./conversions.ts";
import { LOGIC } from "./logic.ts";
import { TEXTS } from "./texts.ts";
import { TIMES } from "./times.ts";

export { type Call, method, NO_SUCH_OVERLOAD, overload, type Signature, total } from "./declare.ts";
export { checkedInt, checkedUint } from "./int-arithmetic.ts";
export { MAP_INSERTION } from "./map-insertion.ts";
export { OPTIONALS } from "./optionals.ts";
export { checkedDuration } from "./time-arithmetic.ts";
export { compilePattern, type Pattern, patternOf, TOO_LARGE } from "./pattern.ts";

/** The operators, functions and conversions of the specification, in cel-go's order of overloads. */
export const STANDARD_FUNCTIONS: readonly FunctionDeclaration[] = [
  ...LOGIC,
  ...ARITHMETIC,
  ...COMPARISONS,
  ...TEXTS,
  ...CONVERSIONS,
  ...TIMES,
];
