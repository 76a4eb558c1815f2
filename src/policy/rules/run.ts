import { equalJsonOrEmpty, Path } from "../../field/index.ts";
import type { InventoryView, Need, ReferenceEntry } from "../../inventory/model/index.ts";
import type { Service } from "../../service/schema/index.ts";
import { compileMatch, type MatchSubject } from "../match/index.ts";
import type { PolicyFinding } from "../model/index.ts";
import type { Action, RuleEntry } from "../schema/index.ts";
import {
  renderTemplate,
  type Rule,
  type RuleCheck,
  type RuleContext,
  type StatusPart,
  type Violation,
} from "./kit/index.ts";
import { findRule } from "./registry.ts";

/** A rule of a policy, compiled with its parameters. */
export interface CompiledRule {
  readonly rule: Rule;
  readonly check: RuleCheck;
  /** The policy's own message, which replaces the rule's. */
  readonly message: string | undefined;
  readonly actionFor: (subject: MatchSubject) => Action;
}

/**
 * Compiles an entry of a policy's `rules`.
 * @throws TypeError if the entry is not valid.
 */
export function compileRule(entry: RuleEntry): CompiledRule {
  const rule = findRule(entry.rule);
  const prepared = rule?.prepare(entry.parameters, Path.root.child("parameters"));
  if (rule === undefined || prepared === undefined || "problems" in prepared) {
    throw new TypeError(`the rule ${entry.rule} was not validated`);
  }
  return { rule, check: prepared.value, message: entry.message, actionFor: compileActions(entry) };
}

/** The action of a rule by the request: that of the first entry of `actions` that matches, or the rule's own. */
export function compileActions({
  action,
  actions = [],
}: Pick<RuleEntry, "action" | "actions">): (subject: MatchSubject) => Action {
  const overrides = actions.map(({ action: override, ...match }) => ({ override, mismatch: compileMatch(match) }));
  return (subject) => overrides.find(({ mismatch }) => mismatch(subject) === undefined)?.override ?? action;
}

/** The findings of a rule for the Service, with their messages. */
export function findingsOf(
  policy: string,
  { rule, check, message, actionFor }: CompiledRule,
  service: Service,
  subject: MatchSubject,
  context: RuleContext,
): readonly PolicyFinding[] {
  if (!rule.operations.includes(context.operation) || !isAffected(rule, service, context)) return [];
  if (rule.needs !== undefined && !knows(context.inventory, rule.needs)) return [];
  const all = check(service, context);
  if (all.length === 0) return [];
  const action = actionFor(subject);
  const isComplete = context.inventory?.isComplete ?? true;
  const { most = all.length } = context;
  return all.slice(0, most).map((found, i) => {
    const finding = {
      policy,
      rule: rule.id,
      action: found.mayBeElsewhere === true && !isComplete ? atMostWarn(action) : action,
      ...formatFinding(rule, message, found, subject),
    };
    return i === most - 1 && all.length > most ? { ...finding, more: all.length - most } : finding;
  });
}

/** The findings of a rule about a reference to a Service. @param subject the object that names it */
export function findingsOfReference(
  policy: string,
  { rule, message, actionFor }: CompiledRule,
  reference: ReferenceEntry,
  subject: MatchSubject,
  inventory: InventoryView,
): readonly PolicyFinding[] {
  if (rule.checkReference === undefined || !knows(inventory, rule.needs ?? [])) return [];
  return rule.checkReference(reference, inventory).map((found) => ({
    policy,
    rule: rule.id,
    action:
      found.mayBeElsewhere === true && !inventory.isComplete ? atMostWarn(actionFor(subject)) : actionFor(subject),
    ...formatFinding(rule, message, found, subject),
  }));
}

function knows(inventory: InventoryView | undefined, needs: readonly Need[]): boolean {
  return inventory !== undefined && needs.every((need) => inventory.has(need));
}

/** What may be elsewhere refuses nothing. */
function atMostWarn(action: Action): Action {
  return action === "deny" ? "warn" : action;
}

/** The value of each part of a Service that a write of the status can change. */
const PARTS: Readonly<Record<StatusPart, (service: Service) => unknown>> = {
  labels: ({ metadata }) => metadata.labels,
  annotations: ({ metadata }) => metadata.annotations,
  owners: ({ metadata }) => metadata.ownerReferences,
  addresses: ({ status }) => status.loadBalancer.ingress,
};

/**
 * Whether a write of the status changes a part that the rule checks; true for any other operation. Controllers write
 * statuses of Services that are older than the policy, and must not be refused because of parts that they do not
 * change.
 */
function isAffected({ inStatus = [] }: Rule, service: Service, { operation, oldService }: RuleContext): boolean {
  if (operation !== "status" || oldService === undefined) return true;
  return inStatus.some((part) => !equalJsonOrEmpty(PARTS[part](service), PARTS[part](oldService)));
}

type MessageParts = Pick<PolicyFinding, "path" | "message" | "fix" | "found">;

function formatFinding(
  { messages }: Rule,
  override: string | undefined,
  { says, path, found, facts }: Violation,
  subject: MatchSubject,
): MessageParts {
  const known = { name: subject.name, namespace: subject.namespace, found, ...facts };
  const wording = messages[says];
  const fix = wording?.fix === undefined ? undefined : renderTemplate(wording.fix, known);
  return {
    path,
    message: renderTemplate(override ?? wording?.text ?? says, known),
    ...(fix !== undefined && { fix }),
    ...(found !== undefined && { found }),
  };
}
