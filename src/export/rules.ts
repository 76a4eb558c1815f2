import { and, type Cel, FALSE, not, or, TRUE, variablesIn } from "../policy/in-cel/index.ts";
import type { Operation } from "../policy/model/index.ts";
import { findRule } from "../policy/rules/index.ts";
import type { CelFinding, Rule, StatusPart } from "../policy/rules/kit/index.ts";
import { type Action, ACTIONS, type RuleEntry, type ServicePolicy } from "../policy/schema/index.ts";
import { conditionOf } from "./actions.ts";
import { looksAtObject, matched } from "./criteria.ts";
import { exemptedByAnnotations, isExempt } from "./exemptions.ts";
import type { Named, Omission, Part, Target, Validation } from "./model.ts";
import { subjectIn } from "./subject.ts";
import { validationOf } from "./validation.ts";

/** A rule of a policy with what it may find. */
interface Said {
  readonly rule: Rule;
  readonly entry: RuleEntry;
  readonly findings: readonly CelFinding[];
}

/** The rules of a policy in CEL, by action; and those that CEL cannot say, with the reasons. */
export function partsOfRules(
  policy: ServicePolicy,
  { cluster }: Target,
): { readonly parts: readonly Part[]; readonly omissions: readonly Omission[] } {
  const said: Said[] = [];
  const omissions: Omission[] = [];
  for (const entry of policy.spec.rules) {
    const rule = findRule(entry.rule);
    if (rule === undefined) continue;
    const inCel = rule.inCel(entry.parameters, cluster);
    const omit = (reason: string, what = `the rule ${rule.id}`): void =>
      void omissions.push({ policy: policy.metadata.name, what, reason });
    if ("cannot" in inCel) {
      omit(inCel.cannot);
      continue;
    }
    if (inCel.leavesOut !== undefined) omit(inCel.leavesOut, `a part of the rule ${rule.id}`);
    said.push({ rule, entry, findings: inCel.findings });
  }
  return { parts: ACTIONS.flatMap((action) => partsOfAction(policy, action, said)), omissions };
}

function partsOfAction(policy: ServicePolicy, action: Action, all: readonly Said[]): readonly Part[] {
  const { match = {} } = policy.spec;
  const said = all.filter(({ entry }) => conditionOf(entry, action) !== FALSE);
  const mayStopMatching = looksAtObject(match) || policy.spec.matchConditions !== undefined;
  const isGuard = ({ rule }: Said): boolean => rule.guardsStored === true && mayStopMatching;
  const isDelete = (operation: Operation): boolean => operation === "delete";
  const kinds = [
    { suffix: "", rules: said.filter((one) => !isGuard(one)), isOf: (one: Operation) => !isDelete(one) },
    { suffix: "-stored", rules: said.filter(isGuard), isOf: (one: Operation) => !isDelete(one) },
    { suffix: "-delete", rules: said, isOf: isDelete },
  ];
  return kinds.flatMap(({ suffix, rules, isOf }) => {
    const situationsOf = ({ rule }: Said) => matched(match, rule.operations.filter(isOf));
    const situations = new Set(rules.flatMap((one) => [...situationsOf(one)]));
    const rendered = rules.filter((one) => situationsOf(one).size > 0 && one.findings.length > 0);
    if (rendered.length === 0) return [];
    const validations = rendered.flatMap((one) => validationsOf(policy, action, one, situationsOf(one), situations));
    const own = rendered.flatMap(({ findings }) => findings.flatMap(({ variables = {} }) => Object.entries(variables)));
    const exempted = [EXEMPTED, exemptedByAnnotations(subjectIn(situations))] as const;
    const variables = variablesOf(validations, new Map([exempted, ...own]));
    return [{ policy, action, suffix, situations, guardsStored: suffix === "-stored", variables, validations }];
  });
}

/** The variable with the rules that annotations exempt a Service from. */
const EXEMPTED = "exempted";

function validationsOf(
  { spec }: ServicePolicy,
  action: Action,
  { rule, entry, findings }: Said,
  looksAt: ReadonlySet<Operation>,
  situations: ReadonlySet<Operation>,
): readonly Validation[] {
  const subject = subjectIn(situations);
  const isLeftOut = or(
    not(applies(rule, looksAt, situations)),
    not(conditionOf(entry, action)),
    isExempt(spec, rule.id, { subject, exempted: EXEMPTED }),
  );
  return findings.map((finding) => {
    const validation = validationOf(finding, { rule, message: entry.message, subject, isLeftOut });
    // A Service that must not be deleted is not invalid.
    return situations.has("delete") ? { ...validation, reason: "Forbidden" } : validation;
  });
}

/** The variables of {@link StatusPart}s that say whether a write of the status changed them. */
const CHANGES: Readonly<Record<StatusPart, Cel>> = {
  labels: "variables.labelsChanged",
  annotations: "variables.annotationsChanged",
  owners: "variables.ownersChanged",
  addresses: "variables.addressesChanged",
};

/** Whether a rule looks at a request, out of those that reach the policy. */
function applies({ inStatus = [] }: Rule, looksAt: ReadonlySet<Operation>, situations: ReadonlySet<Operation>): Cel {
  const isStatusWrite = "variables.isStatusWrite";
  const others = (["create", "update", "delete"] as const).filter((one) => situations.has(one));
  const concerned = others.filter((one) => looksAt.has(one));
  const isOperation =
    concerned.length === others.length
      ? TRUE
      : or(...concerned.map((one) => `request.operation == "${one.toUpperCase()}"`));
  if (!situations.has("status")) return isOperation;
  const isChanged = looksAt.has("status") ? or(...inStatus.map((part) => CHANGES[part])) : FALSE;
  if (others.length === 0) return isChanged;
  if (isOperation === TRUE) return or(not(isStatusWrite), isChanged);
  return or(and(not(isStatusWrite), isOperation), and(isStatusWrite, isChanged));
}

/** The variables that the validations use: those of all rules, then those of single ones. */
function variablesOf(validations: readonly Validation[], own: ReadonlyMap<string, Cel>): readonly Named[] {
  const used = validations.flatMap(({ expression, messageExpression = "" }) => [expression, messageExpression]);
  const extra = [...own].flatMap(([name, expression]) =>
    used.some((text) => text.includes(`variables.${name}`)) ? [{ name, expression }] : [],
  );
  return [...variablesIn([...used, ...extra.map(({ expression }) => expression)]), ...extra];
}
