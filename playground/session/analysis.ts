import type { Context } from "#src/examine/findings/index.ts";
import { examine } from "#src/examine/findings/index.ts";
import { helpLink } from "#src/examine/model/index.ts";
import type { Analysis } from "#src/editor/analysis/index.ts";
import type { Diagnostic } from "#src/editor/model/index.ts";

/** The diagnostics of a text. */
export function analyse(text: string, file: string, context: Context): Analysis {
  const diagnostics: Diagnostic[] = [];
  const starts = text.split("\n").map(
    (
      (at) => (line: string) =>
        (at += line.length + 1) - line.length - 1
    )(0),
  );
  const offsetOf = (line: number, column: number): number =>
    Math.min((starts[line - 1] ?? text.length) + column - 1, text.length);
  for (const result of examine(text, file, context)) {
    if (result.type !== "finding") continue;
    const { finding, edit } = result;
    const { rule, region, severity, message, field, fix, policy, suppressed } = finding;
    const start = offsetOf(region.startLine, region.startColumn);
    const end = offsetOf(region.endLine, region.endColumn);
    diagnostics.push({
      start,
      end: Math.max(end, start),
      severity,
      code: rule,
      href: helpLink(rule),
      message,
      field,
      ...(fix !== undefined && { advice: fix }),
      ...(policy !== undefined && { policy }),
      ...(suppressed !== undefined && { suppressed: suppressed.reason }),
      fixes:
        edit === undefined ? [] : [{ title: `Replace ${edit.before} with ${edit.after}`, edits: [edit], isSafe: true }],
    });
  }
  return { text, file, context, documents: [], diagnostics };
}
