import type { PolicyFinding } from "../policy/index.ts";
import type { ExpectedFinding, TestCase } from "./format.ts";
import { differences, type Difference, type Outcome } from "./run.ts";

/** How an outcome differs from what was expected. */
export interface Comparison {
  readonly allowed: { readonly expected: boolean; readonly actual: boolean } | undefined;
  readonly missing: readonly ExpectedFinding[];
  readonly unexpected: readonly PolicyFinding[];
  readonly admitted: readonly Difference[];
}

/** Compares what came of a case with what was expected; what the case does not mention is not looked at. */
export function compare({ expect }: TestCase, outcome: Outcome): Comparison {
  const { allowed, findings, admitted } = expect;
  return {
    allowed:
      allowed === undefined || allowed === outcome.allowed ? undefined : { expected: allowed, actual: outcome.allowed },
    ...(findings === undefined ? { missing: [], unexpected: [] } : matchFindings(findings, outcome.findings)),
    admitted: admitted === undefined ? [] : differences(admitted, outcome.admitted),
  };
}

/** Whether the outcome is the expected one. */
export function isSame({ allowed, missing, unexpected, admitted }: Comparison): boolean {
  return allowed === undefined && missing.length + unexpected.length + admitted.length === 0;
}

/** Each expected finding takes one that is as it says; what is left on either side is wrong. */
function matchFindings(
  expected: readonly ExpectedFinding[],
  actual: readonly PolicyFinding[],
): Pick<Comparison, "missing" | "unexpected"> {
  const left = [...actual];
  const missing = expected.filter((wanted) => {
    const index = left.findIndex((finding) => isAs(wanted, finding));
    if (index >= 0) left.splice(index, 1);
    return index < 0;
  });
  return { missing, unexpected: left };
}

function isAs(
  { rule, path, action, policy, message, suppressed = false }: ExpectedFinding,
  finding: PolicyFinding,
): boolean {
  return (
    rule === finding.rule &&
    (path === undefined || path === finding.path.toString()) &&
    (action === undefined || action === finding.action) &&
    (policy === undefined || policy === finding.policy) &&
    (message === undefined || message === finding.message) &&
    suppressed === (finding.suppressed !== undefined)
  );
}
