import { patchBetween } from "#src/admission/review/index.ts";
import { helpLink } from "#src/examine/model/index.ts";
import { isObject, Path, unescapePointer, valueAt } from "#src/field/index.ts";
import type { PolicyFinding } from "#src/policy/model/index.ts";
import { describe, type Finding } from "#src/service/findings/index.ts";
import type { Told } from "./answer.ts";

/** What one of those who take part says at a step. */
export interface Statement {
  readonly tone: "error" | "warning" | "note" | "quiet";
  /** The field path, as the API server writes it; empty if it is about none. */
  readonly field: string;
  readonly text: string;
  readonly fix?: string | undefined;
  /** The rule, with the URL of its page. */
  readonly rule?: { readonly id: string; readonly href: string; readonly policy?: string };
}

/** A step on the way of a request. */
export interface Step {
  readonly title: string;
  /** Who takes it. */
  readonly who: string;
  readonly outcome: "passed" | "changed" | "warned" | "refused" | "not reached";
  readonly statements: readonly Statement[];
}

const SERVER = "API server";
const WEBHOOK = "Fairlead's webhook";

/** Warnings that tell of what cannot be decoded as it is. */
const DECODING: ReadonlySet<string> = new Set(["unknown-field", "duplicate-field"]);

/** The steps in the order in which the API server takes them; after a refusal, those that would follow. */
export function stepsOf(told: Told): readonly Step[] {
  const steps = [client(told), decoding(told), defaults(told), mutation(told), validation(told), policies(told)];
  const present = steps.filter((step) => step !== undefined);
  const refused = present.findIndex(({ outcome }) => outcome === "refused");
  return present.map((step, index) => {
    if (refused === -1 || index <= refused) return step;
    // What policies would say is good to know, but nobody says it.
    return { ...step, outcome: "not reached" };
  });
}

/** What the client does before it sends anything; absent where it sends the manifest as it is. */
function client({ update, sent, object }: Told): Step | undefined {
  if (update === undefined || (update.refusal === undefined && update.request.object === sent.object)) return undefined;
  const { refusal } = update;
  if (refusal === undefined) {
    const isSame = JSON.stringify(object) === JSON.stringify(update.request.oldObject);
    const text = isSame ? "nothing is to be changed" : "the manifest is merged with the stored object";
    return { title: "Apply", who: "kubectl and API server", outcome: "passed", statements: [quiet("", text)] };
  }
  const statements: Statement[] =
    refusal.reason === "conflict"
      ? refusal.conflicts.map(({ field, manager }) => ({
          tone: "error",
          field,
          text: `is owned by ${manager}, with another value`,
          fix: "leave the field out, use the stored value, or take the field over with --force-conflicts",
          rule: ruleOf("apply-conflict"),
        }))
      : [
          {
            tone: "error",
            field: "spec.ports",
            text: `the ports with the number ${String(refusal.number)} are not next to each other, and kubectl apply identifies ports by their number only`,
            fix: "list them one after the other, or use kubectl apply --server-side",
            rule: ruleOf("apply-fails"),
          },
        ];
  return { title: "Apply", who: "kubectl and API server", outcome: "refused", statements };
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

function mutation({ patch, judgement: { admitted, policy } }: Told): Step {
  const sources = new Map(policy.applied.map((one) => [one.path.toPointer(), one.policy]));
  const statements = [
    ...patch.map((one): Statement => {
      const by = sources.get(one.path);
      const value = "value" in one ? shown(one.value) : "removed";
      return {
        ...quiet(fieldOf(one.path, admitted), by === undefined ? value : `${value}, by policy ${by}`),
        tone: "note",
      };
    }),
    ...policy.skipped.map(({ policy: by, path, reason }): Statement => ({
      tone: "warning",
      field: path.toString(),
      text: `a default of policy ${by} is not applied: ${reason}`,
    })),
  ];
  const outcome = patch.length > 0 ? "changed" : policy.skipped.length > 0 ? "warned" : "passed";
  return { title: "Mutating admission", who: WEBHOOK, outcome, statements };
}

function validation({ judgement: { decision, causes, warnings, allocated, stored } }: Told): Step {
  const isRefused = !decision.allowed && decision.code !== 400 && decision.code !== 413;
  const warned = warnings.filter(({ code }) => !DECODING.has(code));
  return {
    title: "Allocation and validation",
    who: SERVER,
    outcome: isRefused ? "refused" : warned.length > 0 ? "warned" : "passed",
    statements: [
      ...(isRefused ? causes : []).map((cause) => engineStatement("error", cause)),
      ...warned.map((warning) => engineStatement("warning", warning)),
      ...allocated.map((pointer) => quiet(fieldOf(pointer, stored), "allocated")),
    ],
  };
}

const TONES = { deny: "error", warn: "warning", audit: "note" } as const;

function policies({ judgement: { policy } }: Told): Step {
  const active = policy.findings.filter(({ suppressed }) => suppressed === undefined);
  const outcome = active.some(({ action }) => action === "deny")
    ? "refused"
    : active.some(({ action }) => action === "warn")
      ? "warned"
      : "passed";
  return { title: "Validating admission", who: WEBHOOK, outcome, statements: policy.findings.map(policyStatement) };
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

function ruleOf(id: string): { readonly id: string; readonly href: string } {
  return { id, href: helpLink(id) };
}

function quiet(field: string, text: string): Statement {
  return { tone: "quiet", field, text };
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
