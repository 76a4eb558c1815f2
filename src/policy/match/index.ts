/** The Services and requests that a policy applies to. */
export { compileMatch, type Criterion } from "./compile-match.ts";
export { compileGlob, compileGlobs, type TextPredicate } from "./glob.ts";
export { MatchIndex } from "./match-index.ts";
export { nonMatchingPolicies, type NonMatchingPolicy } from "./non-matching.ts";
export { type MatchSubject, NAMESPACE_NAME_LABEL, OPERATION_NAMES, subjectOf } from "./subject.ts";
