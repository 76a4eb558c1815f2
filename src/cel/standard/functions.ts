import type { FunctionDeclaration } from "../functions/index.ts";
import { ARITHMETIC } from "./arithmetic.ts";
import { COMPARISONS } from "./comparison.ts";
import { CONVERSIONS } from "./conversions.ts";
import { LOGIC } from "./logic.ts";
import { TEXTS } from "./texts.ts";
import { TIMES } from "./times.ts";

/** The operators, functions and conversions of the specification, in cel-go's order of overloads. */
export const STANDARD_FUNCTIONS: readonly FunctionDeclaration[] = [
  ...LOGIC,
  ...ARITHMETIC,
  ...COMPARISONS,
  ...TEXTS,
  ...CONVERSIONS,
  ...TIMES,
];
