import { Path } from "../../field/path.ts";
import { sameValue } from "../../field/json-equality.ts";
import type { Service } from "../../service/types.ts";
import { compileMatch } from "../match/matcher.ts";
import type { Subject } from "../match/subject.ts";
import type { Action, RuleEntry } from "../schema/document.ts";
import type { PolicyFinding } from "../types.ts";
import { ruleNamed } from "./registry.ts";
import { fillIn, type Found, type Rule, type RuleCheck, type RuleContext, type StatusPart } from "./rule.ts";

/** A rule with the parameters of a policy. */
export interface CompiledRule {
  readonly rule: Rule;
  readonly check: RuleCheck;
  readonly message: string | undefined;
  readonly actionFor: (subject: Subject) => Action;
}

/** Prepares an entry of a policy's `rules`. @throws TypeError for one that does not validate. */
export function compileRule(entry: RuleEntry): CompiledRule {
  const rule = ruleNamed(entry.rule);
  const prepared = rule?.prepare(entry.parameters, Path.root.child("parameters"));
  if (rule === undefined || prepared === undefined || "problems" in prepared) {
    throw new TypeError(`the rule ${entry.rule} was not validated`);
  }
  return { rule, check: prepared.value, message: entry.message, actionFor: compileActions(entry) };
}

function compileActions({ action, actions = [] }: RuleEntry): (subject: Subject) => Action {
  const choices = actions.map(({ action: chosen, ...match }) => ({ chosen, leavesOut: compileMatch(match) }));
  return (subject) => choices.find(({ leavesOut }) => leavesOut(subject) === undefined)?.chosen ?? action;
}

/** What the rule has to say about the Service, in words. */
export function findings(
  policy: string,
  { rule, check, message, actionFor }: CompiledRule,
  service: Service,
  subject: Subject,
  context: RuleContext,
): readonly PolicyFinding[] {
  if (!rule.operations.includes(context.operation) || !isTouched(rule, service, context)) return [];
  const all = check(service, context);
  if (all.length === 0) return [];
  const action = actionFor(subject);
  const { most = all.length } = context;
  return all.slice(0, most).map((found, i) => ({
    policy,
    rule: rule.id,
    action,
    ...inWords(rule, message, found, subject),
    ...(i === most - 1 && all.length > most && { more: all.length - most }),
  }));
}

const PARTS: Readonly<Record<StatusPart, (service: Service) => unknown>> = {
  labels: ({ metadata }) => metadata.labels,
  annotations: ({ metadata }) => metadata.annotations,
  owners: ({ metadata }) => metadata.ownerReferences,
  addresses: ({ status }) => status.loadBalancer.ingress,
};

/**
 * Whether a write of the status changes what the rule is about. Controllers write statuses of Services that were there
 * before the policy was, and must not be stopped for what they do not touch.
 */
function isTouched({ inStatus = [] }: Rule, service: Service, { operation, oldService }: RuleContext): boolean {
  if (operation !== "status" || oldService === undefined) return true;
  return inStatus.some((part) => !sameValue(PARTS[part](service), PARTS[part](oldService)));
}

type InWords = Pick<PolicyFinding, "path" | "message" | "fix" | "found">;

function inWords(
  { messages }: Rule,
  override: string | undefined,
  { says, path, found, facts }: Found,
  subject: Subject,
): InWords {
  const known = { name: subject.name, namespace: subject.namespace, found, ...facts };
  const wording = messages[says];
  const fix = wording?.fix === undefined ? undefined : fillIn(wording.fix, known);
  return {
    path,
    message: fillIn(override ?? wording?.text ?? says, known),
    ...(fix !== undefined && { fix }),
    ...(found !== undefined && { found }),
  };
}
