import { isObject, type JsonObject, Path } from "../../field/index.ts";
import { NEWEST_KNOWN } from "../../service/versions/index.ts";
import { expressionProblems } from "../expressions/index.ts";
import {
  ADMISSION_GROUP,
  type AdmissionPolicy,
  type CheckerResult,
  compileChecker,
  type MatchResources,
  MUTATING_BINDING,
  MUTATING_POLICY,
  type MutatingBinding,
  type MutatingPolicy,
  type Problem,
  VALIDATING_BINDING,
  VALIDATING_POLICY,
  type ValidatingBinding,
  type ValidatingPolicy,
} from "../schema/index.ts";
import { bindingProblems } from "./binding-problems.ts";
import { compiledFor } from "./compiled-expressions.ts";
import { unsupported } from "./field-errors.ts";
import { concernsServices } from "./matching.ts";
import { specProblems } from "./spec-problems.ts";

/** A document of the API group `admissionregistration.k8s.io`. */
export type AdmissionDocument = ValidatingPolicy | MutatingPolicy | ValidatingBinding | MutatingBinding;

const CHECKERS: Readonly<Record<string, (value: unknown) => CheckerResult<AdmissionDocument>>> = {
  ValidatingAdmissionPolicy: compileChecker("ValidatingAdmissionPolicy", VALIDATING_POLICY, unsupported),
  MutatingAdmissionPolicy: compileChecker("MutatingAdmissionPolicy", MUTATING_POLICY, unsupported),
  ValidatingAdmissionPolicyBinding: compileChecker("ValidatingAdmissionPolicyBinding", VALIDATING_BINDING, unsupported),
  MutatingAdmissionPolicyBinding: compileChecker("MutatingAdmissionPolicyBinding", MUTATING_BINDING, unsupported),
};

/** Whether a document is one of the API group, rightly or wrongly written. */
export function isAdmissionDocument(document: JsonObject): boolean {
  const { apiVersion } = document;
  return typeof apiVersion === "string" && apiVersion.startsWith(`${ADMISSION_GROUP}/`);
}

/** Reads a document of the API group; its expressions are looked at when it is known what it works with. */
export function readAdmissionDocument(document: JsonObject): CheckerResult<AdmissionDocument> {
  const kind = String(document["kind"]);
  const check = Object.hasOwn(CHECKERS, kind) ? CHECKERS[kind] : undefined;
  if (check === undefined) {
    const path = Path.root.child("kind");
    const message = `is ${kind}: of ${ADMISSION_GROUP}, policies and their bindings are judged (${Object.keys(CHECKERS).join(", ")})`;
    return { problems: [{ path, message }] };
  }
  const checked = check(document);
  if ("problems" in checked) return checked;
  const problems = [...meaningProblems(checked.value)];
  return problems.length === 0 ? checked : { problems };
}

const SPEC = Path.root.child("spec");

function* meaningProblems(document: AdmissionDocument): Iterable<Problem> {
  switch (document.kind) {
    case "ValidatingAdmissionPolicy":
      yield* specProblems(document);
      return;
    case "MutatingAdmissionPolicy":
      yield* specProblems(document);
      yield* mutationProblems(document);
      return;
    case "ValidatingAdmissionPolicyBinding":
    case "MutatingAdmissionPolicyBinding":
      yield* bindingProblems(document);
  }
}

function* mutationProblems({ spec: { mutations } }: MutatingPolicy): Iterable<Problem> {
  for (const [index, { patchType, applyConfiguration, jsonPatch }] of mutations.entries()) {
    const [name, given] =
      patchType === "JSONPatch"
        ? (["jsonPatch", jsonPatch] as const)
        : (["applyConfiguration", applyConfiguration] as const);
    const path = SPEC.child("mutations").index(index).child(name);
    if (given?.expression === undefined)
      yield { path: path.child("expression"), message: `is missing: the patchType is ${patchType}` };
  }
}

/** Why a policy has no part in the judgement of Services; undefined if it has one. */
export function irrelevance({
  spec: { matchConstraints },
}: {
  readonly spec: { readonly matchConstraints: MatchResources };
}): string | undefined {
  return concernsServices(matchConstraints) ? undefined : "its matchConstraints match no Services";
}

/** The problems of a policy's expressions, for the newest known version of Kubernetes. */
export function policyProblems(policy: AdmissionPolicy): readonly Problem[] {
  return [...expressionProblems(compiledFor(policy, NEWEST_KNOWN.minor), SPEC)];
}

/** The API version and the kind of an object; undefined if it has none. */
export function typeOfObject(object: unknown): { readonly apiVersion: string; readonly kind: string } | undefined {
  if (!isObject(object)) return undefined;
  const { apiVersion, kind } = object;
  return typeof apiVersion === "string" && typeof kind === "string" ? { apiVersion, kind } : undefined;
}
