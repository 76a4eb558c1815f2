import { didYouMean, type JsonObject, Path, valueAt } from "../../field/index.ts";
import { type AdmissionDocument, irrelevance, isOfKind, policyProblems } from "../admission-policies/index.ts";
import type { AdmissionPolicy } from "../schema/index.ts";
import type { Placed } from "./placed.ts";
import type { PolicyProblem } from "./problem.ts";

/** Admission policies with their bindings and the objects beside them. */
export interface LinkedPolicies {
  readonly policies: readonly AdmissionPolicy[];
  readonly problems: readonly PolicyProblem[];
  /** What was passed over, and why. */
  readonly notes: readonly PolicyProblem[];
}

const ROOT = Path.root;
const POLICY_NAME = ROOT.child("spec").child("policyName");
const KIND = ROOT.child("kind");

/**
 * Puts together what belongs together: policies, bindings, and the objects that are their parameters.
 * @param objects objects that are no policies
 * @param refused policies and bindings with problems: what belongs to them is not reported
 */
export function linkPolicies(
  documents: readonly Placed<AdmissionDocument>[],
  objects: readonly Placed<JsonObject>[],
  refused: readonly JsonObject[] = [],
): LinkedPolicies {
  const problems: PolicyProblem[] = [];
  const notes: PolicyProblem[] = [];
  const policies: AdmissionPolicy[] = [];
  const kinds = documents.flatMap(({ value }) => ("paramKind" in value.spec ? [value.spec.paramKind] : []));
  for (const object of objects) {
    const isOfRefused = refused.some(
      (document) => valueAt(document, ["spec", "paramKind", "kind"]) === object.value["kind"],
    );
    if (!isOfRefused && !kinds.some((kind) => isOfKind(object.value, kind)))
      problems.push(object.problem(KIND, strangerText(object.value)));
  }
  for (const document of documents) {
    const bound = boundPolicy(document.value, documents, objects);
    if (bound === undefined) {
      problems.push(...bindingProblems(document, documents, refused));
      continue;
    }
    const why =
      irrelevance(bound) ?? (bound.bindings.length === 0 ? `no ${bound.kind}Binding is beside it` : undefined);
    if (why !== undefined) {
      notes.push(document.problem(ROOT, `the ${bound.kind} ${bound.metadata.name} is passed over: ${why}`));
      continue;
    }
    problems.push(...policyProblems(bound).map(({ path, message, within }) => document.problem(path, message, within)));
    policies.push(bound);
  }
  return { policies, problems, notes };
}

const POLICY_KINDS = [
  "ServicePolicy",
  "ValidatingAdmissionPolicy",
  "ValidatingAdmissionPolicyBinding",
  "MutatingAdmissionPolicy",
  "MutatingAdmissionPolicyBinding",
];

function strangerText({ kind }: JsonObject): string {
  const name = String(kind);
  return `is ${JSON.stringify(name)}: neither a policy nor the paramKind of one${didYouMean(name, POLICY_KINDS)}`;
}

/** The policy with what belongs to it; undefined for a binding. */
function boundPolicy(
  document: AdmissionDocument,
  documents: readonly Placed<AdmissionDocument>[],
  objects: readonly Placed<JsonObject>[],
): AdmissionPolicy | undefined {
  if (document.kind !== "ValidatingAdmissionPolicy" && document.kind !== "MutatingAdmissionPolicy") return undefined;
  const { name } = document.metadata;
  const { paramKind } = document.spec;
  const common = {
    metadata: { name },
    objects: objects.flatMap(({ value }) => (paramKind !== undefined && isOfKind(value, paramKind) ? [value] : [])),
  };
  const values = documents.map(({ value }) => value);
  if (document.kind === "ValidatingAdmissionPolicy") {
    const { kind, spec } = document;
    const bindings = values.filter((value) => value.kind === "ValidatingAdmissionPolicyBinding");
    return { ...common, kind, spec, bindings: bindings.filter((binding) => binding.spec.policyName === name) };
  }
  const { kind, spec } = document;
  const bindings = values.filter((value) => value.kind === "MutatingAdmissionPolicyBinding");
  return { ...common, kind, spec, bindings: bindings.filter((binding) => binding.spec.policyName === name) };
}

function bindingProblems(
  binding: Placed<AdmissionDocument>,
  documents: readonly Placed<AdmissionDocument>[],
  refused: readonly JsonObject[],
): readonly PolicyProblem[] {
  if (!("policyName" in binding.value.spec)) return [];
  const { policyName } = binding.value.spec;
  const kind = binding.value.kind.replace(/Binding$/, "");
  const names = documents.flatMap(({ value }) => (value.kind === kind ? [value.metadata.name] : []));
  const isRefused = refused.some((one) => one["kind"] === kind && valueAt(one, ["metadata", "name"]) === policyName);
  if (isRefused || names.includes(policyName)) return [];
  return [
    binding.problem(
      POLICY_NAME,
      `there is no ${kind} ${JSON.stringify(policyName)} beside it${didYouMean(policyName, names)}`,
    ),
  ];
}
