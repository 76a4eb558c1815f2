import type { Call } from "../ast/index.ts";
import { compilePattern, TOO_LARGE } from "../pattern/index.ts";
import { CelError, type Value } from "../values/index.ts";
import type { Finding, Subject } from "./subject.ts";

/** The functions whose first argument is looked at if it is a literal, and whether it is wrong. */
const CHECKS: Readonly<Record<string, (value: Value, call: Call, subject: Subject) => boolean>> = {
  duration: fails,
  timestamp: fails,
  // Of `matches(text, pattern)` it is the text that the API server looks at.
  matches: (value) => typeof value === "string" && isWrongPattern(value),
};

/**
 * Literals that `duration`, `timestamp` and `matches` fail for (cel-go: `ValidateDurationLiterals`, `ValidateTimestampLiterals`,
 * `ValidateRegexLiterals`).
 */
export function* wrongLiterals(subject: Subject): Generator<Finding> {
  for (const [name, isWrong] of Object.entries(CHECKS)) {
    for (const call of subject.calls) {
      const [literal] = call.args;
      if (subject.functionOf(call) === name && literal?.kind === "literal" && isWrong(literal.value, call, subject))
        yield { id: literal.id, message: `invalid ${name} argument` };
    }
  }
}

function fails(value: Value, call: Call, { referenceOf }: Subject): boolean {
  const reference = referenceOf(call);
  const overload = reference?.kind === "function" ? reference.overloads[0] : undefined;
  return overload?.call(value) instanceof CelError;
}

/** Patterns that are too large for us are right for the API server: they are refused when the expression is planned. */
function isWrongPattern(source: string): boolean {
  const pattern = compilePattern(source);
  return pattern instanceof CelError && pattern !== TOO_LARGE;
}
