import { looksAtOperation } from "../../policy/admission-policies/index.ts";
import { validationsLookAt } from "../../policy/compile/index.ts";
import type { Operation, PolicyDocument, PolicySet } from "../../policy/model/index.ts";
import { findRule } from "../../policy/rules/index.ts";
import { OPERATION_NAMES } from "../../policy/match/index.ts";

/** Where something looks at an operation: nowhere, in every namespace, or in those that match one of these globs. */
export type Demand = "nowhere" | "everywhere" | readonly string[];

/** What is looked at, by the operation. */
export type Demands = Readonly<Record<Operation, Demand>>;

/** What validating and mutating webhooks are called for. */
export interface AllDemands {
  readonly validate: Demands;
  readonly mutate: Demands;
}

/** What looks at Services besides policies. */
export interface OwnDemands {
  /**
   * Whether validation itself finds anything: with `validity: deny`, and if the version to judge by is not the
   * cluster's. Otherwise the API server has refused what it would find.
   */
  readonly validates: boolean;
  /** Whether a `spec.ipFamilyPolicy` is filled in that the API server would not choose. */
  readonly fillsFamilies: boolean;
}

const OPERATIONS = ["create", "update", "status", "delete"] as const satisfies readonly Operation[];

/** What these policies and settings look at; hints about what the API server refuses are not a part of it. */
export function demandsOf({ documents }: PolicySet, own: OwnDemands): AllDemands {
  const demands = (looksAt: typeof rulesLookAt, always: (operation: Operation) => boolean): Demands => {
    const demandFor = (operation: Operation): Demand =>
      always(operation) ? "everywhere" : union(documents.filter((policy) => looksAt(policy, operation)));
    const [create, update, status, remove] = OPERATIONS.map(demandFor);
    return {
      create: create ?? "everywhere",
      update: update ?? "everywhere",
      status: status ?? "everywhere",
      delete: remove ?? "everywhere",
    };
  };
  return {
    validate: demands(rulesLookAt, (operation) => own.validates && operation !== "delete"),
    mutate: demands(defaultsLookAt, (operation) => own.fillsFamilies && operation === "create"),
  };
}

/** Whether a rule of the policy can find anything on this operation. */
export function rulesLookAt(policy: PolicyDocument, operation: Operation): boolean {
  if (policy.kind !== "ServicePolicy")
    return policy.kind === "ValidatingAdmissionPolicy" && looksAtOperation(policy, operation);
  const { spec } = policy;
  // A rule that guards stored Services applies to updates by which a Service leaves the policy: the namespace stays.
  return (
    matches(spec.match?.operations, operation) &&
    (validationsLookAt(spec, operation) ||
      spec.rules.some(({ rule }) => findRule(rule)?.operations.includes(operation) ?? true))
  );
}

/** Whether the policy fills in anything on this operation. */
export function defaultsLookAt(policy: PolicyDocument, operation: Operation): boolean {
  if (policy.kind !== "ServicePolicy")
    return policy.kind === "MutatingAdmissionPolicy" && looksAtOperation(policy, operation);
  const { spec } = policy;
  const mayFill = operation === "create" || operation === "update";
  return mayFill && spec.defaults !== undefined && matches(spec.match?.operations, operation);
}

function matches(operations: readonly string[] | undefined, operation: Operation): boolean {
  return operations?.includes(OPERATION_NAMES[operation]) ?? true;
}

/** More globs than this make an expression that nobody can read; the API server is then asked about all namespaces. */
const MOST_GLOBS = 32;
const GLOB = /^[a-z0-9*?.-]+$/;

function union(policies: readonly PolicyDocument[]): Demand {
  if (policies.length === 0) return "nowhere";
  const globs = new Set<string>();
  for (const policy of policies) {
    if (policy.kind !== "ServicePolicy") return "everywhere";
    const { spec } = policy;
    const namespaces = spec.match?.namespaces?.filter((glob) => !glob.startsWith("!")) ?? [];
    if (namespaces.length === 0 || !namespaces.every((glob) => GLOB.test(glob))) return "everywhere";
    for (const glob of namespaces) globs.add(glob);
  }
  return globs.has("*") || globs.size > MOST_GLOBS ? "everywhere" : [...globs].sort();
}
