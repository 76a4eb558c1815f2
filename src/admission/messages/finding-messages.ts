import type { PolicyFinding } from "../../policy/model/index.ts";
import { describe, type Finding } from "../../service/findings/index.ts";
import type { StatusCause } from "../review/index.ts";
import type { WarningText } from "./warnings.ts";

/** What a finding says to the user: the place, the sentence, the fix, and who says so by which rule. */
interface Words {
  readonly field: string;
  readonly message: string;
  readonly fix: string | undefined;
  readonly source: string;
}

/** The cause of a denial. kubectl prints `field` and `message` and nothing else, so fix and rule belong in here. */
export function causeOf(finding: Finding): StatusCause {
  const { reason } = describe(finding);
  return { ...(reason === undefined ? {} : { reason }), ...causeText(wordsOf(finding)) };
}

/** The cause of a policy's denial; the API server knows no reason for what its users demand, so it is an invalid value. */
export function policyCauseOf(finding: PolicyFinding): StatusCause {
  return { reason: "FieldValueInvalid", ...causeText(policyWordsOf(finding)) };
}

/** A finding as a warning: a hint at what the API server is about to refuse, or what it would. */
export function warningOf(finding: Finding): WarningText {
  return warningText(wordsOf(finding));
}

/** A policy's finding as a warning. */
export function policyWarningOf(finding: PolicyFinding): WarningText {
  return warningText(policyWordsOf(finding));
}

function wordsOf(finding: Finding): Words {
  const { field, message, fix, code } = describe(finding);
  return { field, message, fix, source: `Fairlead: ${code}` };
}

function policyWordsOf(finding: PolicyFinding): Words {
  const { path, message, fix, policy, rule } = finding;
  return { field: path.toString(), message, fix, source: `Fairlead: ${rule}, policy ${policy}` };
}

function causeText({ field, message, fix, source }: Words): Pick<StatusCause, "field" | "message"> {
  const whole = fix === undefined ? `${message} (${source})` : `${message}; ${fix} (${source})`;
  return { ...(field === "" ? {} : { field }), message: whole };
}

function warningText({ field, message, fix, source }: Words): WarningText {
  return { head: field === "" ? message : `${field}: ${message}`, ...(fix !== undefined && { fix }), source };
}
