/** Checks of expressions whose types are right. */
export { misformats } from "./format.ts";
export { mixedLiterals } from "./homogeneous.ts";
export { wrongLiterals } from "./literals.ts";
export { type Finding, nodesOf, type Subject, type Validator } from "./subject.ts";
