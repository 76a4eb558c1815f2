import { describe, expect, it } from "@jest/globals";
import type { JsonObject } from "#src/field/json.ts";
import { compileFiles } from "#src/policy/files/compile-files.ts";
import { bindingOf, SERVICES, validatingPolicy } from "./documents.ts";

const [SERVICES_RULE] = SERVICES.resourceRules;
const VALID = { validations: [{ expression: "true" }] };

/** The problems of a policy with its binding: the fields and the messages. */
function refusals(spec: JsonObject, binding: JsonObject = {}): readonly string[] {
  const policy = validatingPolicy("p", spec);
  const text = [policy, bindingOf(policy, "b", binding)].map((document) => JSON.stringify(document)).join("\n---\n");
  return compileFiles([{ file: "p.yaml", text }]).problems.map(({ path, message }) => `${path.toString()}: ${message}`);
}

describe("what the API server refuses of a policy is refused in its words", () => {
  const cases: readonly (readonly [what: string, spec: JsonObject, ...want: readonly string[]])[] = [
    [
      "a message of several lines",
      { validations: [{ expression: "true", message: "a\nb" }] },
      'spec.validations[0].message: Invalid value: "a\\nb": message must not contain line breaks',
    ],
    ["a message with line breaks around it", { validations: [{ expression: "true", message: "\na\n" }] }],
    [
      "a blank message",
      { validations: [{ expression: "true", message: " " }] },
      'spec.validations[0].message: Invalid value: " ": message must be non-empty if specified',
    ],
    [
      "a blank messageExpression",
      { validations: [{ expression: "true", messageExpression: " " }] },
      'spec.validations[0].messageExpression: Invalid value: " ": must be non-empty if specified',
    ],
    ["an empty messageExpression", { validations: [{ expression: "true", messageExpression: "" }] }],
    [
      "a blank expression",
      { validations: [{ expression: " " }] },
      "spec.validations[0].expression: Required value: expression is not specified",
    ],
    [
      "a reason that is documented but not supported",
      { validations: [{ expression: "true", reason: "Unauthorized" }] },
      'spec.validations[0].reason: Unsupported value: "Unauthorized": supported values: "Forbidden", "Invalid", "RequestEntityTooLarge"',
    ],
    [
      "a failurePolicy that there is not",
      { ...VALID, failurePolicy: "fail" },
      'spec.failurePolicy: Unsupported value: "fail": supported values: "Fail", "Ignore"',
    ],
    [
      "variables without names",
      {
        ...VALID,
        variables: [
          { name: "a-b", expression: "1" },
          { name: "in", expression: "1" },
          { name: " ", expression: "" },
        ],
      },
      'spec.variables[0].name: Invalid value: "a-b": name is not a valid CEL identifier',
      'spec.variables[1].name: Invalid value: "in": name is not a valid CEL identifier',
      "spec.variables[2].name: Required value: name is not specified",
      "spec.variables[2].expression: Required value: expression is not specified",
    ],
    [
      "variables of the same name",
      {
        ...VALID,
        variables: [
          { name: "a", expression: "1" },
          { name: "a", expression: "'x'" },
        ],
      },
    ],
    [
      "a mistake in the first variable of a name",
      {
        ...VALID,
        variables: [
          { name: "a", expression: "b" },
          { name: "a", expression: "1" },
        ],
      },
      "spec.variables[0].expression: undeclared reference to 'b' (in container '')",
    ],
    [
      "conditions of the same name, and without one",
      {
        ...VALID,
        matchConditions: [
          { name: "a", expression: "true" },
          { name: "a", expression: "true" },
          { name: "", expression: "" },
        ],
      },
      'spec.matchConditions[1].name: Duplicate value: "a"',
      "spec.matchConditions[2].expression: Required value",
      "spec.matchConditions[2].name: Required value",
    ],
    [
      "too many conditions",
      { ...VALID, matchConditions: Array.from({ length: 65 }, (_, i) => ({ name: `a${i}`, expression: "true" })) },
      "spec.matchConditions: Too many: 65: must have at most 64 items",
    ],
    [
      "variables in conditions",
      {
        ...VALID,
        variables: [{ name: "a", expression: "true" }],
        matchConditions: [{ name: "a", expression: "variables.a" }],
      },
      "spec.matchConditions[0].expression: undeclared reference to 'variables' (in container '')",
    ],
    [
      "variables where there are none",
      { validations: [{ expression: "variables.a" }] },
      "spec.validations[0].expression: undeclared reference to 'variables' (in container '')",
    ],
    [
      "the authorizer in a message",
      {
        validations: [
          { expression: "true", messageExpression: "authorizer.group('').resource('x').check('get').reason()" },
        ],
      },
      "spec.validations[0].messageExpression: undeclared reference to 'authorizer' (in container '')",
    ],
    [
      "a variable of a type of Kubernetes, used as if of another",
      {
        variables: [
          { name: "q", expression: "quantity('1')" },
          { name: "list", expression: "[ip('::1')]" },
        ],
        validations: [{ expression: "variables.q == 1 && variables.list[0] == 1" }],
      },
    ],
    [
      "annotations of the same key, and without value",
      {
        auditAnnotations: [
          { key: "a", valueExpression: "'x'" },
          { key: "a", valueExpression: " " },
        ],
      },
      "spec.auditAnnotations[1].valueExpression: Required value: valueExpression is not specified",
      'spec.auditAnnotations[1].key: Duplicate value: "a"',
    ],
    [
      "resource rules that say nothing, or too much",
      {
        ...VALID,
        matchConstraints: {
          resourceRules: [
            { ...SERVICES_RULE, operations: ["*", "CREATE"], resources: ["*", "services"] },
            { resources: ["services"] },
          ],
        },
      },
      'spec.matchConstraints.resourceRules[0].operations: Invalid value: ["*","CREATE"]: if \'*\' is present, must not specify other operations',
      'spec.matchConstraints.resourceRules[0].resources: Invalid value: ["*","services"]: if \'*\' is present, must not specify other resources without subresources',
      "spec.matchConstraints.resourceRules[1].operations: Required value",
      "spec.matchConstraints.resourceRules[1].apiGroups: Required value",
      "spec.matchConstraints.resourceRules[1].apiVersions: Required value",
    ],
  ];
  it.each(cases)("%s", (_, spec, ...want) => {
    expect(refusals(spec)).toEqual(want);
  });

  it.each([
    {
      name: "both Deny and Warn, and one twice",
      binding: { validationActions: ["Deny", "Warn", "Deny"] },
      want: [
        'spec.validationActions[2]: Duplicate value: "Deny"',
        'spec.validationActions: Invalid value: ["Deny","Warn","Deny"]: must not contain both Deny and Warn (repeating the same validation failure information in the API response and headers serves no purpose)',
      ],
    },
    {
      name: "no action",
      binding: { validationActions: [] },
      want: ["spec.validationActions: Required value: at least one validation action is required"],
    },
    {
      name: "an action that there is not",
      binding: { validationActions: ["deny"] },
      want: ['spec.validationActions[0]: Unsupported value: "deny": supported values: "Audit", "Deny", "Warn"'],
    },
    {
      name: "parameters by name and by label",
      binding: { paramRef: { name: "a", selector: {}, parameterNotFoundAction: "Deny" } },
      want: [
        "spec.paramRef.name: Forbidden: name and selector are mutually exclusive",
        "spec.paramRef.selector: Forbidden: name and selector are mutually exclusive",
      ],
    },
    {
      name: "parameters without saying what their absence means",
      binding: { paramRef: { name: "a" } },
      want: ["spec.paramRef.parameterNotFoundAction: Required value"],
    },
  ])("of a binding: $name", ({ binding, want }) => {
    expect(refusals(VALID, binding)).toEqual(want);
  });
});
