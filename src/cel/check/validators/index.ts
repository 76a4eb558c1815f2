/** Checks of expressions whose types are right; Kubernetes has them since 1.29. */
export { formatFindings } from "./format.ts";
export { mixedLiterals } from "./homogeneous.ts";
export { literalFindings } from "./literals.ts";
export { type Finding, nodesOf, type Subject, type Validator } from "./subject.ts";
