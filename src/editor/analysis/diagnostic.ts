import { type FindingContent, ruleText } from "../../examine/findings/index.ts";
import type { Edit } from "../../examine/edits/index.ts";
import { withoutUndefined } from "../../field/index.ts";
import { helpLink, suppressionText } from "../../examine/model/index.ts";
import type { Lines } from "../../text/document/index.ts";
import type { Diagnostic } from "../model/index.ts";
import { fixTitle } from "./fix-title.ts";
import { visibleRange } from "./visible-range.ts";

/** What an editor shows of a finding. @param edit the change that fixes it */
export function diagnosticOf(content: FindingContent, edit: Edit | undefined, lines: Lines): Diagnostic {
  const { severity, rule, region, service, object, field, message, fix, policy } = content;
  return {
    ...visibleRange(lines.range(region), lines.text),
    severity,
    code: rule,
    href: helpLink(rule, ruleText(rule)),
    message,
    field,
    fixes: edit === undefined ? [] : [{ title: fixTitle(edit), edits: [edit], isSafe: true }],
    ...withoutUndefined({
      advice: fix,
      subject: service === undefined ? object : { kind: "Service", ...service },
      policy,
      suppressed: suppressionText(content),
    }),
  };
}

/** The same diagnostic in a text that has so many units more before it. */
export function shifted(diagnostic: Diagnostic, by: number): Diagnostic {
  if (by === 0) return diagnostic;
  const { start, end, fixes } = diagnostic;
  return {
    ...diagnostic,
    start: start + by,
    end: end + by,
    fixes: fixes.map((fix) => ({
      ...fix,
      edits: fix.edits.map((edit) => ({ ...edit, start: edit.start + by, end: edit.end + by })),
    })),
  };
}
