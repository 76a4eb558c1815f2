import type { RuleText } from "./rule-text.ts";
import type { LocatedFinding } from "./types.ts";

/** The site: the repository's documentation and the catalogue of findings, as `npm run site` builds them. */
const SITE = "https://fairlead.github.io/fairlead";
const POLICY = "policy/";

/** The page that lists all findings, and leads to the policy rules and the traps of YAML. */
export const CATALOGUE = `${SITE}/findings/`;

/**
 * The URL of the rule's page in the catalogue, `/rules/ID` for a policy rule and `/findings/CODE` for any other, or of the section
 * of the documentation that its text names. Everything that links to a rule does so by this function.
 */
export function helpLink(rule: string, text?: Pick<RuleText, "section">): string {
  if (text?.section !== undefined) return `${SITE}/docs/${text.section.replace(/\.md(?=#|$)/, "")}`;
  const [kind, id] = rule.startsWith(POLICY) ? ["rules", rule.slice(POLICY.length)] : ["findings", rule];
  // A rule may be named by anybody's policy.
  return `${SITE}/${kind}/${encodeURIComponent(id.toWellFormed())}`;
}

/** The URL of a field's section in the reference of the Service. @param name as the tables of help have it: `spec.ports[].port` */
export function fieldHelpLink(name: string): string {
  // The anchor of a heading is made of its letters and digits.
  return helpLink("", { section: `service.md#${name.toLowerCase().replaceAll(/[^a-z0-9]/g, "")}` });
}

/** `namespace/name` of a Service, `Kind namespace/name` of another object; undefined for a finding about a file. */
export function objectName({ service, object }: LocatedFinding): string | undefined {
  if (service !== undefined) return `${service.namespace}/${service.name}`;
  return object && `${object.kind} ${object.namespace === "" ? "" : `${object.namespace}/`}${object.name}`;
}

/** The field that a finding is about. It is a `cause` if the API server would report it as one. */
export interface FieldFact {
  readonly name: "cause" | "field";
  /** The field path, with the reason of the cause if there is one: `spec.type: FieldValueNotSupported`. */
  readonly text: string;
}

/** The field of a finding; undefined for a finding about a whole file. */
export function fieldFact({ field, reason }: Pick<LocatedFinding, "field" | "reason">): FieldFact | undefined {
  if (field === "" && reason === undefined) return undefined;
  if (reason === undefined) return { name: "field", text: field };
  return { name: "cause", text: field === "" ? reason : `${field}: ${reason}` };
}

const SUPPRESSED_BY = {
  baseline: "the baseline",
  policy: "a policy's exemption",
  annotation: "an annotation",
} as const;

/** `suppressed by the baseline: REASON`; undefined for a finding that counts. */
export function suppressionText(finding: Pick<LocatedFinding, "suppressed">): string | undefined {
  if (finding.suppressed === undefined) return undefined;
  const { by, reason } = finding.suppressed;
  return `suppressed by ${SUPPRESSED_BY[by]}${reason === "" ? "" : `: ${reason}`}`;
}

/** The text with the end of a sentence, if it has none. */
export function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

/** A number with its noun: `1 file`, `2 files`. */
export function countPhrase(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}

/** The text with a capital first letter, unless it starts with the name of a field, such as `clusterIPs`. */
export function capitalized(text: string): string {
  if (/^[a-z]+[A-Z]/.test(text)) return text;
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
