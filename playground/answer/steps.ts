import { type PatchOperation, patchBetween } from "#src/admission/review/index.ts";
import { isObject, Path, unescapePointer, valueAt } from "#src/field/index.ts";
import type { PolicyFinding } from "#src/policy/model/index.ts";
import { describe, type Finding } from "#src/service/findings/index.ts";
import { isSameObject, isUnchanged, mergeRefusal } from "./client.ts";
import { clusterPolicyOf, mutatingPolicies, splitPatch } from "./cluster-policies.ts";
import { type OtherFinding, quiet, ruleOf, type Statement, type Told } from "./told.ts";

/** A step on the way of a request. */
export interface Step {
  readonly title: string;
  /** Who takes it. */
  readonly who: string;
  readonly outcome: "passed" | "changed" | "warned" | "refused" | "not reached";
  readonly statements: readonly Statement[];
}

const SERVER = "the API server";
const WEBHOOK = "Fairlead's webhook";

/** Warnings that tell of what cannot be decoded as it is. */
const DECODING: ReadonlySet<string> = new Set(["unknown-field", "duplicate-field"]);

const STEPS: readonly ((told: Told) => Step | undefined)[] = [
  client,
  decoding,
  defaults,
  serverMutation,
  mutation,
  validation,
  serverPolicies,
  webhookPolicies,
];

/** The steps in the order in which the API server takes them; after a refusal, those that would follow. */
export function stepsOf(told: Told): readonly Step[] {
  const present = STEPS.flatMap((step) => step(told) ?? []);
  const refused = present.findIndex(({ outcome }) => outcome === "refused");
  return present.map((step, index) => {
    if (refused === -1 || index <= refused) return step;
    // What policies would say is good to know, but nobody says it.
    return { ...step, outcome: "not reached" };
  });
}

/** What kubectl does before the server is asked; absent where it sends the manifest as it is. */
function client({ client: work, update, before, sent, context }: Told): Step | undefined {
  const merging = update?.refusal;
  const refusal = work.refusal ?? (merging && mergeRefusal(merging));
  const who = merging === undefined ? "kubectl" : "kubectl and the API server";
  const title = work.refusal === undefined && update !== undefined ? "Apply" : "Client";
  if (refusal !== undefined)
    return { title, who, outcome: "refused", statements: [...work.statements, ...refusal.statements] };
  const { statements } = work;
  const outcome = statements.some(({ tone }) => tone === "warning") ? "warned" : "passed";
  if (update === undefined || before === undefined || update.request.object === sent.object)
    return statements.length === 0 ? undefined : { title, who, outcome, statements };
  const text = isSameObject(update)
    ? isUnchanged(before, update, sent) || context.settings.apply !== "client"
      ? "nothing is to be changed"
      : "nothing is to be changed but kubectl's own note of what was applied"
    : "the manifest is merged with the stored object";
  const together = { title, who: "kubectl and the API server", outcome } as const;
  return { ...together, statements: [...statements, quiet("", text)] };
}

function decoding({ judgement: { decision, causes, warnings } }: Told): Step {
  const isRefused = !decision.allowed && (decision.code === 400 || decision.code === 413);
  const warned = warnings.filter(({ code }) => DECODING.has(code));
  return {
    title: "Decoding",
    who: SERVER,
    outcome: isRefused ? "refused" : warned.length > 0 ? "warned" : "passed",
    statements: [
      ...(isRefused ? causes : []).map((cause) => engineStatement("error", cause)),
      ...warned.map((warning) => engineStatement("warning", warning)),
    ],
  };
}

function defaults({ object, judgement: { defaulted } }: Told): Step {
  const operations = isObject(object) && defaulted !== undefined ? patchBetween(object, defaulted) : [];
  return {
    title: "Defaults",
    who: SERVER,
    outcome: operations.length > 0 ? "changed" : "passed",
    statements: operations.map((one) =>
      quiet(fieldOf(one.path, defaulted), "value" in one ? shown(one.value) : "removed"),
    ),
  };
}

/** What MutatingAdmissionPolicies change; absent without any. */
function serverMutation(told: Told): Step | undefined {
  const names = mutatingPolicies(told.context.policies);
  if (names.size === 0) return undefined;
  const { ofServer } = splitPatch(told, names);
  const denying = told.judgement.policy.findings.filter(
    (one) => clusterPolicyOf(one, told.context.policies) === "MutatingAdmissionPolicy",
  );
  const outcome = outcomeOf(denying);
  return {
    title: "Mutating policies",
    who: SERVER,
    outcome: outcome === "passed" && ofServer.length > 0 ? "changed" : outcome,
    statements: [...ofServer.map((one) => changeStatement(one, told)), ...denying.map(policyStatement)],
  };
}

function mutation(told: Told): Step {
  const { ofWebhook } = splitPatch(told, mutatingPolicies(told.context.policies));
  const { skipped } = told.judgement.policy;
  const statements = [
    ...ofWebhook.map((one) => changeStatement(one, told)),
    ...skipped.map(({ policy: by, path, reason }): Statement => ({
      tone: "warning",
      field: path.toString(),
      text: `a default of policy ${by} is not applied: ${reason}`,
    })),
  ];
  const outcome = ofWebhook.length > 0 ? "changed" : skipped.length > 0 ? "warned" : "passed";
  return { title: "Mutating admission", who: WEBHOOK, outcome, statements };
}

function changeStatement(one: PatchOperation, { judgement: { admitted, policy } }: Told): Statement {
  const by = policy.applied.find(({ path }) => path.toPointer() === one.path)?.policy;
  const value = "value" in one ? shown(one.value) : "removed";
  const text = by === undefined ? value : `${value}, by policy ${by}`;
  return { ...quiet(fieldOf(one.path, admitted), text), tone: "note" };
}

function validation({ judgement, others, before }: Told): Step {
  const { decision, causes, warnings, allocated, stored } = judgement;
  const isRefused = !decision.allowed && decision.code !== 400 && decision.code !== 413;
  const warned = warnings.filter(({ code }) => !DECODING.has(code));
  const because = others.filter(({ policy }) => policy === undefined);
  return {
    title: "Allocation and validation",
    who: SERVER,
    outcome: isRefused || because.length > 0 ? "refused" : warned.length > 0 ? "warned" : "passed",
    statements: [
      ...(isRefused ? causes : []).map((cause) => engineStatement("error", cause)),
      ...because.map(otherStatement),
      ...warned.map((warning) => engineStatement("warning", warning)),
      ...allocated.map((pointer) =>
        quiet(fieldOf(pointer, stored), before?.allocated.includes(pointer) === true ? "kept" : "allocated"),
      ),
    ],
  };
}

function otherStatement({ code, field, message, advice, policy }: OtherFinding): Statement {
  const rule = { ...ruleOf(code), ...(policy !== undefined && { policy }) };
  return { tone: "error", field, text: message, fix: advice, rule };
}

const TONES = { deny: "error", warn: "warning", audit: "note" } as const;

/** What ValidatingAdmissionPolicies say; absent without any. */
function serverPolicies({ judgement: { policy }, context: { policies } }: Told): Step | undefined {
  if (!policies.documents.some(({ kind }) => kind === "ValidatingAdmissionPolicy")) return undefined;
  const findings = policy.findings.filter((one) => clusterPolicyOf(one, policies) === "ValidatingAdmissionPolicy");
  const statements = findings.map(policyStatement);
  return { title: "Validating policies", who: SERVER, outcome: outcomeOf(findings), statements };
}

function webhookPolicies({ judgement: { policy }, context: { policies }, others }: Told): Step {
  const findings = policy.findings.filter((one) => clusterPolicyOf(one, policies) === undefined);
  const inText = others.filter((one) => one.policy !== undefined);
  return {
    title: "Validating admission",
    who: WEBHOOK,
    outcome: inText.length > 0 ? "refused" : outcomeOf(findings),
    statements: [...findings.map(policyStatement), ...inText.map(otherStatement)],
  };
}

function outcomeOf(findings: readonly PolicyFinding[]): Step["outcome"] {
  const active = findings.filter(({ suppressed }) => suppressed === undefined);
  if (active.some(({ action }) => action === "deny")) return "refused";
  return active.some(({ action }) => action === "warn") ? "warned" : "passed";
}

function policyStatement({ path, message, fix, rule, policy, action, suppressed }: PolicyFinding): Statement {
  return {
    tone: suppressed === undefined ? TONES[action] : "quiet",
    field: path.toString(),
    text: suppressed === undefined ? message : `${message} (exempt: ${suppressed.reason})`,
    fix,
    rule: { ...ruleOf(`policy/${rule}`), policy },
  };
}

function engineStatement(tone: "error" | "warning", finding: Finding): Statement {
  const { field, message, fix, code } = describe(finding);
  return { tone, field, text: message, fix, rule: ruleOf(code) };
}

/** A JSON pointer as the path of a field: where a list is, only the object tells. */
function fieldOf(pointer: string, object: unknown): string {
  let path = Path.root;
  let value = object;
  for (const step of pointer.split("/").slice(1)) {
    const name = unescapePointer(step);
    const isItem = Array.isArray(value);
    path = isItem ? path.index(Number(name)) : path.child(name);
    value = valueAt(value, [isItem ? Number(name) : name]);
  }
  return path.toString();
}

function shown(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
