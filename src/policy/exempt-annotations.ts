import { nearestWord } from "../field/words.ts";
import type { Service } from "../service/types.ts";
import type { Covering } from "./exempt.ts";
import { ruleNamed } from "./rules/registry.ts";
import { FORMATS } from "./schema/formats.ts";

/** The name of the annotation by which a Service asks to be exempt from a rule: this and the rule's id. */
export const EXEMPT_ANNOTATION = "exempt.fairlead.dev/";

/** What an annotation for a rule amounts to: an exemption, or why it is none. */
export type Asked = Covering | { readonly problem: string } | undefined;

/** What the Service's own annotation asks for with this rule; the policy must allow that. */
type AskedByAnnotation = (rule: string, allowed: boolean) => Asked;

/** So many annotations that name no rule are looked at for what they may have meant. */
const MOST_MISSPELT = 32;

/** Reads what the annotations of a Service ask for: each rule's once, however many policies have it. */
export function askedByAnnotations({ metadata: { annotations = {} } }: Service, today: string): AskedByAnnotation {
  const known = new Map<string, Asked>();
  let ofNoRule: readonly string[] | undefined;
  const ask = (rule: string, name: string): Asked => {
    if (Object.hasOwn(annotations, name)) return readExemption(name, annotations[name] ?? "", today);
    ofNoRule ??= namesOfNoRule(Object.keys(annotations));
    return misspelt(rule, ofNoRule);
  };
  return (rule, allowed) => {
    const name = `${EXEMPT_ANNOTATION}${rule}`;
    if (!allowed && Object.hasOwn(annotations, name)) {
      return { problem: `the policy does not let the annotation ${name} exempt anything` };
    }
    if (known.has(rule)) return known.get(rule);
    const asked = ask(rule, name);
    known.set(rule, asked);
    return asked;
  };
}

function readExemption(name: string, text: string, today: string): Asked {
  const [reason = "", until, ...rest] = text.split(";").map((part) => part.trim());
  if (reason === "") return { problem: `the annotation ${name} must give a reason` };
  if (until === undefined) return { reason, expired: false };
  const expires = /^expires (\d{4}-\d{2}-\d{2})$/.exec(until)?.[1];
  if (expires === undefined || rest.length > 0 || !FORMATS.date.valid(expires)) {
    return { problem: `the annotation ${name} must read "REASON" or "REASON; expires YYYY-MM-DD"` };
  }
  return { reason, expires, expired: today > expires };
}

function namesOfNoRule(annotations: readonly string[]): readonly string[] {
  return annotations
    .filter((name) => name.startsWith(EXEMPT_ANNOTATION) && ruleNamed(ruleIn(name)) === undefined)
    .slice(0, MOST_MISSPELT);
}

/** An annotation that names no rule, and was to name this one. */
function misspelt(rule: string, names: readonly string[]): Asked {
  const name = names.find((one) => nearestWord(ruleIn(one), [rule]) !== undefined);
  return name === undefined ? undefined : { problem: `the annotation ${name} names no rule; did you mean "${rule}"?` };
}

function ruleIn(annotation: string): string {
  return annotation.slice(EXEMPT_ANNOTATION.length);
}
