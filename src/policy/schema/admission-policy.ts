import type { JsonObject } from "../../field/index.ts";
import { type LabelSelector, labelSelector, REASONS } from "./document.ts";
import { anyObject, listOf, object, oneOf, optional, type Shape, text, type ValueOf, withDefault } from "./shape.ts";

export const ADMISSION_GROUP = "admissionregistration.k8s.io";

/** In characters: far beyond what the parser takes, which then says so. */
const MAX_EXPRESSION_LENGTH = 1_000_000;
/** What is missing or blank is told in the API server's words, see `specProblems`. */
const expression = (description: string) => text(description, { maxLength: MAX_EXPRESSION_LENGTH });
const selector = (description: string): Shape<LabelSelector> => withDefault(labelSelector(description), {});

const OPERATIONS = ["*", "CREATE", "UPDATE", "DELETE", "CONNECT"] as const;
const word = (description: string) => text(description, { minLength: 1 });

const resourceRule = object("resources and operations", {
  apiGroups: optional(listOf("the groups of the resources", text("a group"))),
  apiVersions: optional(listOf("the versions of the resources", text("a version"))),
  operations: optional(listOf("the operations", oneOf("an operation", OPERATIONS))),
  resources: optional(
    listOf("the resources and subresources", text("a resource, such as services or services/status")),
  ),
  resourceNames: optional(listOf("the names of the objects", text("a name"))),
  scope: withDefault(oneOf("whether they are in namespaces", ["*", "Cluster", "Namespaced"]), "*"),
});

const matchResources = object("the requests that a policy or a binding is about", {
  namespaceSelector: selector("namespaces by label"),
  objectSelector: selector("objects by label"),
  resourceRules: withDefault(listOf("what is matched, by resource", resourceRule), []),
  excludeResourceRules: withDefault(listOf("what is not, by resource", resourceRule), []),
  matchPolicy: withDefault(
    oneOf("whether other versions of a resource are matched, too", ["Exact", "Equivalent"]),
    "Equivalent",
  ),
});

const named = (description: string) =>
  object(description, {
    name: withDefault(text("its name"), ""),
    expression: withDefault(expression("the expression"), ""),
  });

const paramKind = object("the kind of the objects that are the parameters", {
  apiVersion: word("their group and version"),
  kind: word("their kind"),
});

const common = {
  paramKind: optional(paramKind),
  matchConstraints: matchResources,
  failurePolicy: withDefault(oneOf("what an expression that fails means", ["Fail", "Ignore"]), "Fail"),
  matchConditions: withDefault(listOf("further conditions", named("a condition")), []),
  variables: withDefault(listOf("values that other expressions use", named("a variable")), []),
} as const;

const validation = object("a validation", {
  expression: withDefault(expression("true for what complies"), ""),
  message: optional(text("what is wrong", { maxLength: MAX_EXPRESSION_LENGTH })),
  messageExpression: optional(expression("what is wrong, as an expression")),
  reason: optional(oneOf("the reason of a refusal", REASONS)),
});

const auditAnnotation = object("an annotation of the audit log", {
  key: withDefault(text("its key"), ""),
  valueExpression: withDefault(expression("its value, or null"), ""),
});

const mutation = object("a change of the object", {
  patchType: oneOf("the kind of the change", ["ApplyConfiguration", "JSONPatch"]),
  applyConfiguration: optional(
    object("a part of the object to merge into it", { expression: optional(expression("an Object{...}")) }),
  ),
  jsonPatch: optional(
    object("operations of JSON patch", { expression: optional(expression("a list of JSONPatch{...}")) }),
  ),
});

const paramRef = object("the parameters of a binding", {
  name: optional(word("the name of the object")),
  namespace: optional(text("its namespace; by default that of the request")),
  selector: optional(labelSelector("objects by label")),
  parameterNotFoundAction: optional(oneOf("what it means that there is none", ["Allow", "Deny"])),
});

const bindingCommon = {
  policyName: word("the name of the policy"),
  paramRef: optional(paramRef),
  matchResources: optional(matchResources),
} as const;

const metadata: Shape<{ readonly name: string }> = {
  schema: {
    type: "object",
    properties: { name: text("the name", { minLength: 1 }).schema },
    required: ["name"],
    additionalProperties: true,
  },
};

function document<S, K extends string>(kind: K, spec: Shape<S>) {
  return object(`a ${kind}`, {
    apiVersion: oneOf("the group and version", VERSIONS),
    kind: oneOf("the kind", [kind]),
    metadata,
    spec,
    status: optional(anyObject("what the API server says about it")),
  });
}

const VERSIONS = ["v1", "v1beta1", "v1alpha1"].map((version) => `${ADMISSION_GROUP}/${version}`);

/** The documents of the API group `admissionregistration.k8s.io`, by kind. Source: its reference, version v1 of 1.36. */
export const VALIDATING_POLICY = document(
  "ValidatingAdmissionPolicy",
  object("the policy", {
    ...common,
    validations: withDefault(listOf("the rules", validation), []),
    auditAnnotations: withDefault(listOf("what is noted in the audit log", auditAnnotation), []),
  }),
);

export const MUTATING_POLICY = document(
  "MutatingAdmissionPolicy",
  object("the policy", {
    ...common,
    mutations: listOf("the changes", mutation, { minItems: 1 }),
    reinvocationPolicy: oneOf("whether it is evaluated again after others have changed the object", [
      "Never",
      "IfNeeded",
    ]),
  }),
);

export const VALIDATING_BINDING = document(
  "ValidatingAdmissionPolicyBinding",
  object("the binding", {
    ...bindingCommon,
    validationActions: withDefault(listOf("what a violation means", oneOf("an action", ["Deny", "Warn", "Audit"])), []),
  }),
);

export const MUTATING_BINDING = document("MutatingAdmissionPolicyBinding", object("the binding", bindingCommon));

export type ValidatingPolicy = ValueOf<typeof VALIDATING_POLICY>;
export type MutatingPolicy = ValueOf<typeof MUTATING_POLICY>;
export type ValidatingBinding = ValueOf<typeof VALIDATING_BINDING>;
export type MutatingBinding = ValueOf<typeof MUTATING_BINDING>;
export type MatchResources = ValueOf<typeof matchResources>;
export type ResourceRule = ValueOf<typeof resourceRule>;
export type ParamRef = ValueOf<typeof paramRef>;
export type ParamKind = ValueOf<typeof paramKind>;

/** A policy, its bindings, and the objects beside it that may be its parameters. */
type Bound<P extends { readonly kind: unknown; readonly metadata: unknown; readonly spec: unknown }, B> = Pick<
  P,
  "kind" | "metadata" | "spec"
> & { readonly bindings: readonly B[]; readonly objects: readonly JsonObject[] };

export type BoundValidatingPolicy = Bound<ValidatingPolicy, ValidatingBinding>;
export type BoundMutatingPolicy = Bound<MutatingPolicy, MutatingBinding>;

/** A ValidatingAdmissionPolicy or MutatingAdmissionPolicy with all that it works with. */
export type AdmissionPolicy = BoundValidatingPolicy | BoundMutatingPolicy;
