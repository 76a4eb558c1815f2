import { fixText } from "../../examine/fixes/index.ts";
import type { Edit } from "../../examine/edits/index.ts";
import type { TextRange } from "../../text/document/index.ts";
import type { Analysis } from "../analysis/index.ts";
import type { Diagnostic, Fix } from "../model/index.ts";
import { suggestionsFor } from "./advice.ts";
import { doesHelp } from "./try-fix.ts";

/** A fix, and what it fixes. */
export interface FixOf {
  readonly diagnostic: Diagnostic;
  readonly fix: Fix;
}

/** So many suggestions are tried for a range: each costs what the change of a character does. */
export const MOST_TRIED = 20;

/**
 * The fixes of the diagnostics that touch a range: what `check --fix` would do (`isSafe`), and what the advice suggests. Only
 * those are offered after which the diagnostic is gone and no new error is there.
 */
export function fixesAt(analysis: Analysis, range: TextRange): readonly FixOf[] {
  return touched(analysis, range)
    .slice(0, MOST_TRIED)
    .flatMap((diagnostic) => candidates(diagnostic, analysis).map((fix): FixOf => ({ diagnostic, fix })))
    .slice(0, MOST_TRIED)
    .filter(({ diagnostic, fix }) => doesHelp(fix, diagnostic, analysis));
}

/** The diagnostics that touch a range. */
export function touched({ diagnostics }: Analysis, { start, end }: TextRange): readonly Diagnostic[] {
  return diagnostics.filter((one) => one.start <= end && one.end >= start);
}

/** The same for one diagnostic of the analysis. */
export function fixesFor(diagnostic: Diagnostic, analysis: Analysis): readonly Fix[] {
  return candidates(diagnostic, analysis).filter((fix) => doesHelp(fix, diagnostic, analysis));
}

function candidates(diagnostic: Diagnostic, analysis: Analysis): readonly Fix[] {
  const told = new Set<string>();
  return [...diagnostic.fixes, ...suggestionsFor(diagnostic, analysis)].filter(({ edits }) => {
    const key = JSON.stringify(edits);
    if (told.has(key)) return false;
    told.add(key);
    return true;
  });
}

/** The changes that `check --fix` makes to the text. Editors ask for them whenever the cursor moves. */
export function fixAll({ text, file, context, diagnostics }: Analysis): readonly Edit[] {
  if (!diagnostics.some(({ fixes }) => fixes.length > 0)) return [];
  return lineChanges(text, fixText(text, file, { ...context, isNamed: context.isNamed === true }).text);
}

/** The changes from one text to another, line by line: no fix breaks or joins lines. */
function lineChanges(before: string, after: string): readonly Edit[] {
  const [old, fresh] = [before, after].map((text) => text.split("\n"));
  if (old === undefined || fresh === undefined) return [];
  if (old.length !== fresh.length) return [{ start: 0, end: before.length, before, after }];
  let start = 0;
  return old.flatMap((line, index) => {
    const at = start;
    start += line.length + 1;
    return lineChange(line, fresh[index] ?? "", at);
  });
}

function lineChange(before: string, after: string, at: number): readonly Edit[] {
  if (before === after) return [];
  const most = Math.min(before.length, after.length);
  let same = 0;
  while (same < most && before[same] === after[same]) same++;
  let behind = 0;
  while (behind < most - same && before.at(-1 - behind) === after.at(-1 - behind)) behind++;
  const [end, to] = [before.length - behind, after.length - behind];
  return [{ start: at + same, end: at + end, before: before.slice(same, end), after: after.slice(same, to) }];
}
