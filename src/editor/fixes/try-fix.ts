import { applyEdits } from "../../examine/edits/index.ts";
import { type Analysis, analyse } from "../analysis/index.ts";
import type { Diagnostic, Fix } from "../model/index.ts";

/** Whether the diagnostic is gone with the fix, and nothing is wrong that was not. */
export function doesHelp(fix: Fix, diagnostic: Diagnostic, before: Analysis): boolean {
  const after = analysisAfter(fix, before);
  const key = keyOf(diagnostic);
  return countOf(key, after.diagnostics) < countOf(key, before.diagnostics) && doesNoHarm(after, before, fix.isSafe);
}

/** Whether the diagnostic does not count any more with the exemption, and nothing is wrong that was not. */
export function doesExempt(exemption: Fix, diagnostic: Diagnostic, before: Analysis): boolean {
  const after = analysisAfter(exemption, before);
  const key = keyOf(diagnostic);
  const isExempt =
    countOf(key, after.diagnostics.filter(isSuppressed)) > countOf(key, before.diagnostics.filter(isSuppressed));
  return isExempt && doesNoHarm(after, before, false);
}

function analysisAfter(fix: Fix, before: Analysis): Analysis {
  const { text } = applyEdits(before.text, fix.edits);
  return analyse(text, before.file, before.context, before, before.around);
}

/**
 * Whether no error is new, and nothing that a policy finds.
 * @param isSafe whether the author's meaning stays: then, what a policy finds in it is another matter
 */
function doesNoHarm(after: Analysis, before: Analysis, isSafe: boolean): boolean {
  const judged = judgedServices(before);
  const isHarm = (one: Diagnostic): boolean => {
    if (one.policy === undefined) return one.severity === "error";
    return !isSafe && !isSuppressed(one) && (one.subject?.kind !== "Service" || judged.has(nameOf(one.subject)));
  };
  const [known, left] = [before, after].map(({ diagnostics }) => counts(diagnostics.filter(isHarm)));
  return [...(left ?? [])].every(([key, count]) => count <= (known?.get(key) ?? 0));
}

/** The Services that policies have judged: in one that could not be read, they find something once it can be. */
function judgedServices({ documents }: Analysis): ReadonlySet<string> {
  const services = documents.flatMap((document) => document.services);
  return new Set(services.filter(({ admitted }) => admitted !== undefined).map(nameOf));
}

function nameOf({ namespace, name }: { readonly namespace: string; readonly name: string }): string {
  return `${namespace}/${name}`;
}

function isSuppressed({ suppressed }: Diagnostic): boolean {
  return suppressed !== undefined;
}

/** How many diagnostics of each kind there are: their places move with the text. */
function counts(diagnostics: readonly Diagnostic[]): ReadonlyMap<string, number> {
  const all = new Map<string, number>();
  for (const one of diagnostics) all.set(keyOf(one), (all.get(keyOf(one)) ?? 0) + 1);
  return all;
}

function countOf(key: string, diagnostics: readonly Diagnostic[]): number {
  return diagnostics.filter((one) => keyOf(one) === key).length;
}

/** Without the name of the object: a fix may change it. */
function keyOf({ code, field, subject, policy }: Diagnostic): string {
  return JSON.stringify([code, field, subject?.kind, policy]);
}
