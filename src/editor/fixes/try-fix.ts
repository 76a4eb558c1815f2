import { applyEdits } from "../../examine/edits/index.ts";
import { type Analysis, analyse } from "../analysis/index.ts";
import type { Diagnostic, Fix } from "../model/index.ts";

/** Whether the diagnostic is gone with the fix, and nothing is wrong that was not. */
export function doesHelp(fix: Fix, diagnostic: Diagnostic, before: Analysis): boolean {
  const { text } = applyEdits(before.text, fix.edits);
  const after = analyse(text, before.file, before.context, before, before.around);
  const [known, left] = [counts(before), counts(after)];
  if ((left.get(keyOf(diagnostic)) ?? 0) >= (known.get(keyOf(diagnostic)) ?? 0)) return false;
  return after.diagnostics.every(
    (one) => one.severity !== "error" || (left.get(keyOf(one)) ?? 0) <= (known.get(keyOf(one)) ?? 0),
  );
}

/** How many diagnostics of one kind there are: their places move with the text. */
function counts({ diagnostics }: Analysis): ReadonlyMap<string, number> {
  const all = new Map<string, number>();
  for (const one of diagnostics) all.set(keyOf(one), (all.get(keyOf(one)) ?? 0) + 1);
  return all;
}

function keyOf({ code, field, subject, policy }: Diagnostic): string {
  return JSON.stringify([code, field, subject?.kind, subject?.namespace, subject?.name, policy]);
}
