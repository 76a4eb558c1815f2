import { nearestWord } from "../../field/index.ts";
import type { Service } from "../../service/schema/index.ts";
import { findRule } from "../rules/index.ts";
import { FORMATS } from "../schema/index.ts";
import type { ActiveExemption } from "./policy-exemptions.ts";

/** The prefix of annotations by which a Service requests an exemption from a rule; the rule's id follows it. */
export const EXEMPT_ANNOTATION_PREFIX = "exempt.fairlead.dev/";

/** The exemption that an annotation requests for a rule, or why the annotation is not valid; undefined without one. */
export type AnnotationExemption = ActiveExemption | { readonly problem: string } | undefined;

/** Looks up the exemption that an annotation requests for a rule; `allowed` says whether the policy permits that. */
type ReadAnnotation = (rule: string, allowed: boolean) => AnnotationExemption;

/** The maximum number of annotations for unknown rules that are compared with rule ids to find misspellings. */
const MAX_MISSPELLINGS = 32;

/** Reads the exemptions that a Service's annotations request. Each rule's annotation is read once for all policies. */
export function annotationExemptions({ metadata: { annotations = {} } }: Service, today: string): ReadAnnotation {
  const cache = new Map<string, AnnotationExemption>();
  let unknownRules: readonly string[] | undefined;
  const read = (rule: string, name: string): AnnotationExemption => {
    if (Object.hasOwn(annotations, name)) return readExemption(name, annotations[name] ?? "", today);
    unknownRules ??= namesOfUnknownRules(Object.keys(annotations));
    return misspelling(rule, unknownRules);
  };
  return (rule, allowed) => {
    const name = `${EXEMPT_ANNOTATION_PREFIX}${rule}`;
    if (!allowed && Object.hasOwn(annotations, name)) {
      return { problem: `the policy does not let the annotation ${name} exempt anything` };
    }
    if (cache.has(rule)) return cache.get(rule);
    const exemption = read(rule, name);
    cache.set(rule, exemption);
    return exemption;
  };
}

function readExemption(name: string, text: string, today: string): AnnotationExemption {
  const [reason = "", expiry, ...rest] = text.split(";").map((part) => part.trim());
  if (reason === "") return { problem: `the annotation ${name} must give a reason` };
  if (expiry === undefined) return { reason, expired: false };
  const expires = /^expires (\d{4}-\d{2}-\d{2})$/.exec(expiry)?.[1];
  if (expires === undefined || rest.length > 0 || !FORMATS.date.valid(expires)) {
    return { problem: `the annotation ${name} must read "REASON" or "REASON; expires YYYY-MM-DD"` };
  }
  return { reason, expires, expired: today > expires };
}

function namesOfUnknownRules(annotations: readonly string[]): readonly string[] {
  return annotations
    .filter((name) => name.startsWith(EXEMPT_ANNOTATION_PREFIX) && findRule(ruleIdOf(name)) === undefined)
    .slice(0, MAX_MISSPELLINGS);
}

/** The problem of an annotation whose rule is unknown and whose name is close to this rule's id. */
function misspelling(rule: string, names: readonly string[]): AnnotationExemption {
  const name = names.find((annotation) => nearestWord(ruleIdOf(annotation), [rule]) !== undefined);
  return name === undefined ? undefined : { problem: `the annotation ${name} names no rule; did you mean "${rule}"?` };
}

function ruleIdOf(annotation: string): string {
  return annotation.slice(EXEMPT_ANNOTATION_PREFIX.length);
}
