import { helpLink } from "#src/examine/model/index.ts";
import type { Diagnostic } from "#src/editor/model/index.ts";
import { Lines } from "#src/text/document/index.ts";
import type { Case, TextProblem } from "../session/index.ts";

const POLICY_HELP = helpLink("", { section: "policy.md#invalid-policies" });

/** What cannot be read of the object before, as its editor shows it. */
export function beforeDiagnostics(problems: readonly TextProblem[]): readonly Diagnostic[] {
  return problems.map(({ start, end, message }) => ({
    start,
    end: Math.max(start, end),
    severity: "error",
    code: "not-yaml",
    href: helpLink("not-yaml"),
    message: `it cannot be read: ${message}`,
    field: "",
    fixes: [],
  }));
}

/** What is wrong with the user's own policies, and which of them do nothing. */
export function policyDiagnostics({ state: { policy }, policies }: Case): readonly Diagnostic[] {
  const lines = new Lines(policy);
  const found = [
    ...policies.problems.map((one) => ({ ...one, severity: "error" as const })),
    ...policies.notes.map((one) => ({ ...one, severity: "warning" as const })),
  ];
  return found.map(({ line, column, path, message, severity }) => {
    const { start } = lines.range({ startLine: line, startColumn: column, endLine: line, endColumn: column });
    const rest = /^\S*/.exec(policy.slice(start))?.[0].length ?? 0;
    const field = path.toString();
    return {
      start,
      end: start + rest,
      severity,
      code: "policy",
      href: POLICY_HELP,
      message: field === "" ? message : `${field}: ${message}`,
      field,
      fixes: [],
    };
  });
}
