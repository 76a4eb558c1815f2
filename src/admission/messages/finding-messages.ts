import type { PolicyFinding } from "../../policy/model/index.ts";
import { describe, type Finding } from "../../service/findings/index.ts";
import type { StatusCause } from "../review/index.ts";
import type { WarningText } from "./warnings.ts";

/** The parts of a finding's message: field path, sentence, fix, and the rule that it comes from. */
interface FindingText {
  readonly field: string;
  readonly message: string;
  readonly fix: string | undefined;
  readonly source: string;
}

/** The cause of a denial. kubectl prints only `field` and `message`, so the message includes fix and rule. */
export function causeOf(finding: Finding): StatusCause {
  const { reason } = describe(finding);
  return { ...(reason === undefined ? {} : { reason }), ...causeText(textOf(finding)) };
}

/**
 * The cause of a policy's denial. The API has no reason for the demands of a policy, so it is reported as an invalid
 * value.
 */
export function policyCauseOf(finding: PolicyFinding): StatusCause {
  return { reason: "FieldValueInvalid", ...causeText(policyTextOf(finding)) };
}

/** A finding as a warning of what the API server is about to refuse, or would refuse. */
export function warningOf(finding: Finding): WarningText {
  return warningText(textOf(finding));
}

/** A policy's finding as a warning. */
export function policyWarningOf(finding: PolicyFinding): WarningText {
  return warningText(policyTextOf(finding));
}

function textOf(finding: Finding): FindingText {
  const { field, message, fix, code } = describe(finding);
  return { field, message, fix, source: `Fairlead: ${code}` };
}

function policyTextOf(finding: PolicyFinding): FindingText {
  const { path, message, fix, policy, rule } = finding;
  return { field: path.toString(), message, fix, source: `Fairlead: ${rule}, policy ${policy}` };
}

function causeText({ field, message, fix, source }: FindingText): Pick<StatusCause, "field" | "message"> {
  const whole = fix === undefined ? `${message} (${source})` : `${message}; ${fix} (${source})`;
  return { ...(field === "" ? {} : { field }), message: whole };
}

function warningText({ field, message, fix, source }: FindingText): WarningText {
  return { head: field === "" ? message : `${field}: ${message}`, ...(fix !== undefined && { fix }), source };
}
