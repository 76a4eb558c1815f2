import type { PolicyFinding } from "../policy/model/index.ts";
import type { ExpectedFinding, TestCase } from "./format.ts";
import { type CaseOutcome, type Difference, differences } from "./run.ts";

/** The differences between the actual and the expected outcome of a case. */
export interface Comparison {
  readonly allowed: { readonly expected: boolean; readonly actual: boolean } | undefined;
  readonly missing: readonly ExpectedFinding[];
  readonly unexpected: readonly PolicyFinding[];
  readonly admitted: readonly Difference[];
}

/** Compares the outcome of a case with the expected one; what the case does not mention is ignored. */
export function compareOutcome({ expect }: TestCase, outcome: CaseOutcome): Comparison {
  const { allowed, findings, admitted } = expect;
  return {
    allowed:
      allowed === undefined || allowed === outcome.allowed ? undefined : { expected: allowed, actual: outcome.allowed },
    ...(findings === undefined ? { missing: [], unexpected: [] } : matchFindings(findings, outcome.findings)),
    admitted: admitted === undefined ? [] : differences(admitted, outcome.admitted),
  };
}

/** Whether there are no differences. */
export function hasNoDifferences({ allowed, missing, unexpected, admitted }: Comparison): boolean {
  return allowed === undefined && missing.length + unexpected.length + admitted.length === 0;
}

/** Matches each expected finding with one actual finding; the unmatched ones on either side are differences. */
function matchFindings(
  expected: readonly ExpectedFinding[],
  actual: readonly PolicyFinding[],
): Pick<Comparison, "missing" | "unexpected"> {
  const unexpected = [...actual];
  const missing = expected.filter((expectedFinding) => {
    const index = unexpected.findIndex((finding) => matches(expectedFinding, finding));
    if (index >= 0) unexpected.splice(index, 1);
    return index < 0;
  });
  return { missing, unexpected };
}

function matches(
  { rule, path, action, policy, message, suppressed }: ExpectedFinding,
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
