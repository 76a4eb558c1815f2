import { isObject, valueAt } from "../../field/index.ts";
import { EXEMPT_ANNOTATION_PREFIX } from "../../policy/exemptions/index.ts";
import type { PolicyDocument } from "../../policy/model/index.ts";
import type { TextRange } from "../../text/document/index.ts";
import type { Analysis } from "../analysis/index.ts";
import type { Diagnostic, Fix } from "../model/index.ts";
import { type FixOf, MOST_TRIED, touched } from "./fixes.ts";
import { insertField } from "./insert-field.ts";
import { placeOf } from "./place.ts";
import { doesExempt } from "./try-fix.ts";

const POLICY = "policy/";

/** A reason, to try whether the annotation exempts. */
const ANY_REASON = JSON.stringify("by hand");

/**
 * For each finding of a policy in a range that an annotation may exempt: the annotation, in the style of the text. Its reason is
 * empty, for the author to fill in: no policy takes an empty reason, so that nothing is exempt without one, and the finding stays
 * and asks for the reason. Only annotations are offered that exempt with a reason, and after which no new error is there.
 */
export function exemptionsAt(analysis: Analysis, range: TextRange): readonly FixOf[] {
  const told = new Set<string>();
  const found: FixOf[] = [];
  for (const diagnostic of touched(analysis, range)) {
    const fix = exemptionOf(diagnostic, '""', analysis);
    const key = JSON.stringify(fix);
    if (fix === undefined || told.has(key)) continue;
    if (told.size === MOST_TRIED) break;
    told.add(key);
    const trial = exemptionOf(diagnostic, ANY_REASON, analysis);
    if (trial !== undefined && doesExempt(trial, diagnostic, analysis)) found.push({ diagnostic, fix });
  }
  return found;
}

/** @param reason as it is written */
function exemptionOf(diagnostic: Diagnostic, reason: string, analysis: Analysis): Fix | undefined {
  const { code, subject, policy, suppressed } = diagnostic;
  if (!code.startsWith(POLICY) || subject?.kind !== "Service" || suppressed !== undefined) return undefined;
  const rule = code.slice(POLICY.length);
  if (!analysis.context.policies.documents.some((document) => mayExempt(document, policy, rule))) return undefined;
  const place = placeOf(diagnostic, analysis);
  if (place === undefined) return undefined;
  const annotations = [...place.root, "metadata", "annotations"];
  const name = `${EXEMPT_ANNOTATION_PREFIX}${rule}`;
  const existing = valueAt(place.document.value, annotations);
  if (isObject(existing) && Object.hasOwn(existing, name)) return undefined;
  const edit = insertField([...annotations, name], reason, place);
  return (
    edit && {
      title: `Exempt this Service from ${rule} by an annotation (with your reason)`,
      edits: [edit],
      isSafe: false,
    }
  );
}

function mayExempt(document: PolicyDocument, policy: string | undefined, rule: string): boolean {
  if (document.kind !== "ServicePolicy" || document.metadata.name !== policy) return false;
  return document.spec.allowAnnotation && document.spec.rules.some((entry) => entry.rule === rule);
}
