import { fieldFacts } from "../../../src/explain/pages.ts";
import { ruleText } from "../../../src/examine/findings/rule-texts.ts";
import { findRule, RULES } from "../../../src/policy/rules/registry.ts";
import { FIELD_HELP } from "../../../src/service/schema/field-help.ts";
import { MESSAGES } from "../../../src/service/messages/messages.ts";
import { slugOf } from "../../pages/slug.ts";
import { asSentence, literal, prose } from "./markdown.ts";
import type { Trap } from "../traps/trap.ts";
import { TRAPS } from "../traps/traps.ts";

/** A link to the page of a trap of YAML. */
export function trapLink(name: string, { title }: Pick<Trap, "title">): string {
  return `[${literal(title)}](/yaml/${name})`;
}

/** A link to the page of a rule, as reports show it. */
export function linkTo(rule: string): string {
  const [kind, id] = rule.startsWith("policy/") ? ["rules", rule.slice("policy/".length)] : ["findings", rule];
  return `[\`${rule}\`](/${kind}/${id})`;
}

/** {@link linkTo} with what the rule is about. */
export function lineOf(rule: string): string {
  const title = findRule(rule.replace(/^policy\//, ""))?.title ?? ruleText(rule)?.title ?? "";
  return `${linkTo(rule)}: ${prose(asSentence(title))}`;
}

/** A link to a field in the reference of the Service; the name alone if it has no section there. */
export function fieldLink(field: string): string {
  return Object.hasOwn(FIELD_HELP, field) ? `[\`${field}\`](/docs/service#${slugOf(field)})` : `\`${field}\``;
}

/** {@link fieldLink} with the version of Kubernetes that the field is there from. */
export function fieldLine(field: string): string {
  const help = FIELD_HELP[field];
  const since = help && fieldFacts(help).find(({ name }) => name === "since")?.text;
  return since === undefined ? fieldLink(field) : `${fieldLink(field)}, since ${since}`;
}

/** The field of the reference that a path of a finding is in: `spec.ports[0].name` is `spec.ports[].name`. */
function fieldOf(path: string): string | undefined {
  const name = path.replaceAll(/\[\d+\]/g, "[]").replace(/\[[^\]]+\].*$/, "");
  return [name, name.replace(/\[\]$/, "")].find((one) => Object.hasOwn(FIELD_HELP, one));
}

/** The fields that a rule is about, by the rule as reports show it. */
const FIELDS: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ...Object.keys(MESSAGES).map((code): [string, readonly string[]] => [
    code,
    Object.entries(FIELD_HELP).flatMap(([field, { rules = [], warnings = [] }]) =>
      [...rules, ...warnings].some((one) => one === code) ? [field] : [],
    ),
  ]),
  ...RULES.map(({ id, examples }): [string, readonly string[]] => [
    `policy/${id}`,
    [...new Set(examples.bad.flatMap(({ finds }) => finds.flatMap((path) => fieldOf(path) ?? [])))],
  ]),
]);

/** The fields that a rule is about; those of what its example finds, if no table names them. */
export function fieldsOf(rule: string, found: readonly string[]): readonly string[] {
  const named = FIELDS.get(rule) ?? [];
  return named.length > 0 ? named : [...new Set(found.flatMap((path) => fieldOf(path) ?? []))];
}

/** More would be no help. */
const MOST_RELATED = 8;

/** Other rules about the same fields, those first that share most, and the traps of YAML that lead to this one. */
export function relatedTo(rule: string, fields: readonly string[]): readonly string[] {
  const shared = [...FIELDS].flatMap(([other, theirs]) => {
    const common = theirs.filter((field) => fields.includes(field)).length;
    return other === rule || common === 0 ? [] : [{ other, weight: common / theirs.length }];
  });
  const rules = shared.sort((one, other) => other.weight - one.weight).slice(0, MOST_RELATED);
  const traps = Object.entries(TRAPS).filter(([, trap]) => trap.rule === rule);
  return [
    ...rules.map(({ other }) => lineOf(other)),
    ...traps.slice(0, MOST_RELATED).map(([name, trap]) => `${trapLink(name, trap)}, a trap of YAML.`),
  ];
}
