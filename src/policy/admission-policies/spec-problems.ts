import { qualifiedName } from "../../cel/kubernetes/index.ts";
import { Path, trimSpace } from "../../field/index.ts";
import type { MatchResources, MutatingPolicy, Problem, ResourceRule, ValidatingPolicy } from "../schema/index.ts";
import { duplicate, invalid, required, tooMany } from "./field-errors.ts";

const SPEC = Path.root.child("spec");
const MAX_CONDITIONS = 64;
const MAX_ANNOTATIONS = 20;
/** In bytes. */
const MAX_ANNOTATION_EXPRESSION = 5 * 1024;

type Spec = ValidatingPolicy["spec"] | MutatingPolicy["spec"];
type Validation = ValidatingPolicy["spec"]["validations"][number];

/**
 * The problems of the spec of a policy, but for those of its expressions: in the words and the order of the API server.
 * Source: `validation.go` of Kubernetes' `pkg/apis/admissionregistration`.
 */
export function* specProblems({ metadata, spec, ...of }: ValidatingPolicy | MutatingPolicy): Iterable<Problem> {
  yield* commonProblems(spec);
  if (of.kind !== "ValidatingAdmissionPolicy" || !("validations" in spec)) return;
  const { validations, auditAnnotations } = spec;
  if (validations.length + auditAnnotations.length === 0) {
    const detail = "validations or auditAnnotations must contain at least one item";
    yield required(SPEC.child("validations"), detail);
    yield required(SPEC.child("auditAnnotations"), detail);
  }
  for (const [i, validation] of validations.entries())
    yield* validationProblems(validation, SPEC.child("validations").index(i));
  yield* annotationProblems(spec, metadata.name);
}

function* commonProblems({ matchConstraints, matchConditions, variables }: Spec): Iterable<Problem> {
  const constraints = SPEC.child("matchConstraints");
  yield* matchProblems(matchConstraints, constraints);
  if (matchConstraints.resourceRules.length === 0) yield required(constraints.child("resourceRules"));
  yield* conditionProblems(matchConditions);
  for (const [i, { name, expression }] of variables.entries()) {
    const path = SPEC.child("variables").index(i);
    if (isBlank(name)) yield required(path.child("name"), "name is not specified");
    else if (!isIdentifier(name)) yield invalid(path.child("name"), name, "name is not a valid CEL identifier");
    if (isBlank(expression)) yield required(path.child("expression"), "expression is not specified");
  }
}

function* conditionProblems(conditions: Spec["matchConditions"]): Iterable<Problem> {
  const list = SPEC.child("matchConditions");
  const names = new Set<string>();
  if (conditions.length > MAX_CONDITIONS) yield tooMany(list, conditions.length, MAX_CONDITIONS);
  for (const [i, { name, expression }] of conditions.entries()) {
    const path = list.index(i);
    if (isBlank(expression)) yield required(path.child("expression"));
    if (name === "") yield required(path.child("name"));
    else for (const message of qualifiedName(name)) yield invalid(path.child("name"), name, message);
    if (names.has(name)) yield duplicate(path.child("name"), name);
    if (name !== "") names.add(name);
  }
}

function* validationProblems(
  { expression, message = "", messageExpression = "" }: Validation,
  path: Path,
): Iterable<Problem> {
  if (isBlank(expression)) yield required(path.child("expression"), "expression is not specified");
  if (messageExpression !== "" && isBlank(messageExpression))
    yield invalid(path.child("messageExpression"), messageExpression, "must be non-empty if specified");
  if (message !== "" && isBlank(message))
    yield invalid(path.child("message"), message, "message must be non-empty if specified");
  else if (/[\n\r]/.test(trimSpace(message)))
    yield invalid(path.child("message"), message, "message must not contain line breaks");
}

function* annotationProblems(
  { auditAnnotations }: Pick<ValidatingPolicy["spec"], "auditAnnotations">,
  policy: string,
): Iterable<Problem> {
  const list = SPEC.child("auditAnnotations");
  const keys = new Set<string>();
  if (auditAnnotations.length > MAX_ANNOTATIONS)
    yield invalid(list, auditAnnotations, `must not have more than ${MAX_ANNOTATIONS} auditAnnotations`);
  for (const [i, { key, valueExpression }] of auditAnnotations.entries()) {
    const path = list.index(i);
    const name = `${policy}/${key}`;
    for (const message of qualifiedName(name)) yield invalid(path.child("key"), name, message);
    const expression = trimSpace(valueExpression);
    if (expression === "") yield required(path.child("valueExpression"), "valueExpression is not specified");
    else if (new TextEncoder().encode(expression).length > MAX_ANNOTATION_EXPRESSION)
      yield required(path.child("valueExpression"), `must not exceed ${MAX_ANNOTATION_EXPRESSION} bytes in length`);
    if (keys.has(key)) yield duplicate(path.child("key"), key);
    keys.add(key);
  }
}

/** The problems of what a policy or a binding matches. */
export function* matchProblems({ resourceRules, excludeResourceRules }: MatchResources, path: Path): Iterable<Problem> {
  for (const [i, rule] of resourceRules.entries()) yield* ruleProblems(rule, path.child("resourceRules").index(i));
  for (const [i, rule] of excludeResourceRules.entries())
    yield* ruleProblems(rule, path.child("excludeResourceRules").index(i));
}

/** What may not stand beside `*`, by field. */
const LISTS = { operations: "operations", apiGroups: "API groups", apiVersions: "API versions" } as const;

function* ruleProblems(rule: ResourceRule, path: Path): Iterable<Problem> {
  const { resources = [], resourceNames = [] } = rule;
  for (const [i, name] of resourceNames.entries()) {
    if (resourceNames.indexOf(name) < i) yield duplicate(path.child("resourceNames").index(i), name);
  }
  for (const field of ["operations", "apiGroups", "apiVersions"] as const) {
    const values: readonly string[] = rule[field] ?? [];
    const at = path.child(field);
    if (values.length === 0) yield required(at);
    else if (values.length > 1 && values.includes("*"))
      yield invalid(at, values, `if '*' is present, must not specify other ${LISTS[field]}`);
    if (field === "apiVersions")
      for (const [i, version] of values.entries()) if (version === "") yield required(at.index(i));
  }
  yield* resourceProblems(resources, path.child("resources"));
}

function* resourceProblems(resources: readonly string[], path: Path): Iterable<Problem> {
  if (resources.length === 0) yield required(path);
  for (const [i, resource] of resources.entries()) if (resource === "") yield required(path.index(i));
  if (resources.length > 1 && resources.includes("*/*"))
    yield invalid(path, resources, "if '*/*' is present, must not specify other resources");
  const last = resources.findLast((resource) => resource !== "" && !resource.includes("/"));
  if (resources.includes("*") && last !== undefined && last !== "*")
    yield invalid(path, resources, "if '*' is present, must not specify other resources without subresources");
}

function isBlank(text: string): boolean {
  return trimSpace(text) === "";
}

const RESERVED: ReadonlySet<string> = new Set(
  "true false null in as break const continue else for function if import let loop package namespace return var void while".split(
    " ",
  ),
);

function isIdentifier(name: string): boolean {
  return /^[_a-zA-Z][_a-zA-Z0-9]*$/.test(name) && !RESERVED.has(name);
}
