import { type JsonObject, valueAt } from "#src/field/json.ts";
import { compileFiles } from "#src/policy/files/compile-files.ts";
import type { PolicySet } from "#src/policy/model/types.ts";

const API_VERSION = "admissionregistration.k8s.io/v1";

/** The rules of a policy about creates and updates of Services. */
export const SERVICES = {
  resourceRules: [{ apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE", "UPDATE"], resources: ["services"] }],
};

/** A mutation of a policy: the expression of a JSON patch, or of a configuration to apply. */
export type Mutation = { readonly jsonPatch: string } | { readonly applyConfiguration: string };

/** A MutatingAdmissionPolicy about Services. */
export function mutatingPolicy(name: string, mutations: readonly Mutation[], spec: JsonObject = {}): JsonObject {
  return {
    apiVersion: API_VERSION,
    kind: "MutatingAdmissionPolicy",
    metadata: { name },
    spec: {
      matchConstraints: SERVICES,
      reinvocationPolicy: "Never",
      mutations: mutations.map((mutation) =>
        "jsonPatch" in mutation
          ? { patchType: "JSONPatch", jsonPatch: { expression: mutation.jsonPatch } }
          : { patchType: "ApplyConfiguration", applyConfiguration: { expression: mutation.applyConfiguration } },
      ),
      ...spec,
    },
  };
}

/** A ValidatingAdmissionPolicy about Services. */
export function validatingPolicy(name: string, spec: JsonObject): JsonObject {
  return {
    apiVersion: API_VERSION,
    kind: "ValidatingAdmissionPolicy",
    metadata: { name },
    spec: { matchConstraints: SERVICES, ...spec },
  };
}

/** The binding of a policy. */
export function bindingOf(policy: JsonObject, name: string, spec: JsonObject = {}): JsonObject {
  const { kind } = policy;
  const policyName = valueAt(policy, ["metadata", "name"]);
  const actions = kind === "ValidatingAdmissionPolicy" ? { validationActions: ["Deny"] } : {};
  return {
    apiVersion: API_VERSION,
    kind: `${String(kind)}Binding`,
    metadata: { name },
    spec: { policyName, ...actions, ...spec },
  };
}

/** The set of these documents, as if they stood in one file. @throws Error if they have problems */
export function admissionSet(...documents: readonly JsonObject[]): PolicySet {
  const text = documents.map((document) => JSON.stringify(document)).join("\n---\n");
  const { policies, problems, notes } = compileFiles([{ file: "policies.yaml", text }]);
  if (problems.length + notes.length > 0) {
    throw new Error([...problems, ...notes].map(({ path, message }) => `${path.toString()}: ${message}`).join("\n"));
  }
  return policies;
}
