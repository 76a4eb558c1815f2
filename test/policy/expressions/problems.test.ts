import { describe, expect, it } from "@jest/globals";
import { compileFiles } from "#src/policy/files/compile-files.ts";
import { problemText } from "#src/policy/files/problem.ts";

const HEAD = "apiVersion: fairlead.dev/v1alpha1\nkind: ServicePolicy\nmetadata: { name: p }\nspec:\n";

function problems(text: string): readonly string[] {
  return compileFiles([{ file: "p.yaml", text }]).problems.map(problemText);
}

describe("a mistake in an expression is told at its own place", () => {
  it.each([
    {
      name: "plain",
      spec: "  validations:\n    - expression: object.spec.tpye == 'x'\n",
      want: `p.yaml:6:30: spec.validations[0].expression: undefined field 'tpye'; did you mean "type"?`,
    },
    {
      name: "in double quotes",
      spec: '  validations: [{ expression: "object.spec.typ == 1" }]\n',
      want: `p.yaml:5:43: spec.validations[0].expression: undefined field 'typ'; did you mean "type"?`,
    },
    {
      name: "in single quotes",
      spec: "  validations: [{ expression: 'foo == 1' }]\n",
      want: `p.yaml:5:32: spec.validations[0].expression: undeclared reference to 'foo' (in container '')`,
    },
    {
      name: "in a block, on a later line",
      spec: "  validations:\n    - expression: |-\n        true &&\n          object.spec.port == 1\n",
      want: `p.yaml:8:22: spec.validations[0].expression: undefined field 'port'; did you mean "ports"?`,
    },
    {
      name: "in a folded block",
      spec: "  validations:\n    - expression: >-\n        true &&\n        object.spec.port == 1\n",
      want: `p.yaml:8:20: spec.validations[0].expression: undefined field 'port'; did you mean "ports"?`,
    },
    {
      name: "in a folded block with an empty line and one that is indented further",
      spec: "  validations:\n    - expression: >\n        true &&\n\n          true &&\n        object.spec.port == 1\n",
      want: `p.yaml:10:20: spec.validations[0].expression: undefined field 'port'; did you mean "ports"?`,
    },
    {
      name: "in a block that begins with an empty line",
      spec: "  validations:\n    - expression: |+\n\n        object.spec.port == 1\n\n",
      want: `p.yaml:8:20: spec.validations[0].expression: undefined field 'port'; did you mean "ports"?`,
    },
    {
      name: "in a block whose indentation is given",
      spec: "  validations:\n    - expression: |4 # why\n            object.spec.port == 1\n",
      want: `p.yaml:7:24: spec.validations[0].expression: undefined field 'port'; did you mean "ports"?`,
    },
    {
      name: "in plain text of several lines",
      spec: "  validations:\n    - expression: true &&  \n        object.spec.port == 1\n",
      want: `p.yaml:7:20: spec.validations[0].expression: undefined field 'port'; did you mean "ports"?`,
    },
    {
      name: "behind escapes",
      spec: '  validations: [{ expression: "\\"\\x41\\u0042\\U0001F600\\" == object.spec.type &&\\t\\\n      object.spec.port == 1" }]\n',
      want: `p.yaml:6:18: spec.validations[0].expression: undefined field 'port'; did you mean "ports"?`,
    },
    {
      name: "behind doubled quotes",
      spec: "  validations: [{ expression: 'object.spec.type == ''x'' && object.spec.port == 1' }]\n",
      want: `p.yaml:5:72: spec.validations[0].expression: undefined field 'port'; did you mean "ports"?`,
    },
    {
      name: "in lines that end as on Windows",
      spec: "  validations:\r\n    - expression: >-\r\n        true &&\r\n        object.spec.port == 1\r\n",
      want: `p.yaml:8:20: spec.validations[0].expression: undefined field 'port'; did you mean "ports"?`,
    },
    {
      name: "a result that is no bool",
      spec: "  validations: [{ expression: size(object.spec.ports) }]\n",
      want: "p.yaml:5:31: spec.validations[0].expression: must evaluate to bool but got int",
    },
    {
      name: "a wrong type",
      spec: "  validations: [{ expression: object.spec.type == 1 }]\n",
      want: "p.yaml:5:48: spec.validations[0].expression: found no matching overload for '_==_' applied to '(string, int)'",
    },
    {
      name: "a function that there is not",
      spec: "  validations: [{ expression: object.spec.type.startWith('x') }]\n",
      want: `p.yaml:5:57: spec.validations[0].expression: undeclared reference to 'startWith' (in container ''); did you mean "startsWith"?`,
    },
    {
      name: "a mistake of syntax",
      spec: "  validations: [{ expression: 'object.spec.ports[0' }]\n",
      want: "p.yaml:5:51: spec.validations[0].expression: Syntax error: missing ']' at '<EOF>'",
    },
    {
      name: "a message that is no text",
      spec: "  validations: [{ expression: 'true', messageExpression: '1' }]\n",
      want: "p.yaml:5:59: spec.validations[0].messageExpression: must evaluate to string but got int",
    },
    {
      name: "a parameter that there is not",
      spec: "  params: { team: a }\n  validations: [{ expression: params.taem == 'a' }]\n",
      want: `p.yaml:6:37: spec.validations[0].expression: undefined field 'taem'; did you mean "team"?`,
    },
    {
      name: "a variable before it is there",
      spec: "  variables: [{ name: a, expression: variables.b }, { name: b, expression: '1' }]\n  validations: [{ expression: variables.a == 1 }]\n",
      want: "p.yaml:5:47: spec.variables[0].expression: undefined field 'b'",
    },
    {
      name: "the authorizer",
      spec: "  validations: [{ expression: \"authorizer.group('').resource('services').check('create').allowed()\" }]\n",
      want: "p.yaml:5:19: spec.validations[0].expression: uses `authorizer`: whether a user may do something, only the API server itself can tell; enforce this policy there",
    },
    {
      name: "two of one name",
      spec: "  validations: [{ name: a, expression: 'true' }, { name: a, expression: 'true' }]\n",
      want: 'p.yaml:5:52: spec.validations[1].name: there is another one of the name "a"',
    },
    {
      name: "the name of a built-in rule",
      spec: "  validations: [{ name: named-ports, expression: 'true' }]\n",
      want: 'p.yaml:5:19: spec.validations[0].name: is the id of a built-in rule, "named-ports": choose another name',
    },
  ])("$name", ({ spec, want }) => {
    expect(problems(HEAD + spec)).toEqual([want]);
  });
});

describe("policies of the cluster", () => {
  const GROUP = "apiVersion: admissionregistration.k8s.io/v1\n";
  const policy = (spec: string, name = "p"): string =>
    `${GROUP}kind: ValidatingAdmissionPolicy\nmetadata: { name: ${name} }\nspec:\n  matchConstraints: { resourceRules: [{ apiGroups: [""], apiVersions: [v1], operations: ["*"], resources: [services] }] }\n${spec}`;
  const binding = (spec = "", name = "p"): string =>
    `---\n${GROUP}kind: ValidatingAdmissionPolicyBinding\nmetadata: { name: b }\nspec: { policyName: ${name}, validationActions: [Deny]${spec} }\n`;

  it.each([
    {
      name: "an expression as the API server refuses it",
      text: policy("  validations: [{ expression: request.foo == 1 }]\n") + binding(),
      want: ["p.yaml:6:38: spec.validations[0].expression: undefined field 'foo'"],
    },
    {
      name: "a binding of a policy that is not there",
      text: policy("  validations: [{ expression: 'true' }]\n") + binding("", "q"),
      want: ['p.yaml:11:9: spec.policyName: there is no ValidatingAdmissionPolicy "q" beside it; did you mean "p"?'],
    },
    {
      name: "an object that nobody needs",
      text: `${policy("  validations: [{ expression: 'true' }]\n")}${binding()}---\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: c }\n`,
      want: ['p.yaml:14:1: kind: is "ConfigMap": neither a policy nor the paramKind of one'],
    },
    {
      name: "no rules",
      text: `${GROUP}kind: ValidatingAdmissionPolicy\nmetadata: { name: p }\nspec: { matchConstraints: {}, validations: [{ expression: 'true' }] }\n`,
      want: ["p.yaml:4:9: spec.matchConstraints.resourceRules: Required value"],
    },
    {
      name: "a field that there is not",
      text: policy("  validations: [{ expresion: 'true' }]\n"),
      want: [
        'p.yaml:6:19: spec.validations[0].expresion: is not known; did you mean "expression"? (known here: expression, message, messageExpression, reason)',
      ],
    },
    {
      name: "a reference to parameters without a name",
      text:
        policy("  paramKind: { apiVersion: v1, kind: ConfigMap }\n  validations: [{ expression: 'true' }]\n") +
        binding(", paramRef: { parameterNotFoundAction: Deny }"),
      want: ["p.yaml:12:51: spec.paramRef: Required value: one of name or selector must be specified"],
    },
    {
      name: "another kind of the group",
      text: `${GROUP}kind: ValidatingWebhookConfiguration\nmetadata: { name: w }\n`,
      want: [
        "p.yaml:2:1: kind: is ValidatingWebhookConfiguration: of admissionregistration.k8s.io, policies and their bindings are judged (ValidatingAdmissionPolicy, MutatingAdmissionPolicy, ValidatingAdmissionPolicyBinding, MutatingAdmissionPolicyBinding)",
      ],
    },
  ])("$name", ({ text, want }) => {
    const found = problems(text);
    expect(found).toHaveLength(want.length);
    expect(found.map((line, i) => line.slice(0, want[i]?.length))).toEqual(want);
  });

  it.each([
    {
      name: "no binding",
      text: policy("  validations: [{ expression: 'true' }]\n"),
      want: "the ValidatingAdmissionPolicy p is passed over: no ValidatingAdmissionPolicyBinding is beside it",
    },
    {
      name: "no Services",
      text:
        policy("  validations: [{ expression: 'true' }]\n").replace("resources: [services]", "resources: [pods]") +
        binding(),
      want: "the ValidatingAdmissionPolicy p is passed over: its matchConstraints match no Services",
    },
  ])("passed over with a note: $name", ({ text, want }) => {
    const { problems: none, notes, policies } = compileFiles([{ file: "p.yaml", text }]);
    expect(none).toEqual([]);
    expect(notes.map(problemText)).toEqual([`p.yaml:1:1: ${want}`]);
    expect(policies.size).toBe(0);
  });

  it("a list, as kubectl prints it, is read item by item", () => {
    const list = {
      apiVersion: "v1",
      kind: "List",
      items: [
        {
          apiVersion: "admissionregistration.k8s.io/v1",
          kind: "ValidatingAdmissionPolicy",
          metadata: { name: "p" },
          spec: { matchConstraints: {}, validations: [] },
        },
      ],
    };
    expect(problems(JSON.stringify(list))).toEqual([
      expect.stringContaining("items[0].spec.matchConstraints.resourceRules: Required value"),
      expect.stringContaining("items[0].spec.validations: Required value"),
      expect.stringContaining("items[0].spec.auditAnnotations: Required value"),
    ]);
  });
});
