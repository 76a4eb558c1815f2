import { describe, expect, it } from "@jest/globals";
import type { JudgeRequest } from "#src/engine/judgement.ts";
import { judgeManifest, manifest, policies } from "../support.ts";

const LABELLED = "has(object.metadata.labels) && 'team' in object.metadata.labels";

/** The findings, one line each. */
function findings(spec: object, service: unknown, request: Partial<JudgeRequest> = {}): readonly string[] {
  const { policy } = judgeManifest(service, { policies: policies({ ...spec }), ...request });
  return policy.findings.map(({ rule, action, path, message, reason, suppressed }) =>
    [`${rule}=${action}`, path.toString(), message, reason, suppressed?.reason]
      .filter((part) => part !== undefined && part !== "")
      .join(" | "),
  );
}

describe("a validation that is false is a finding", () => {
  it.each([
    {
      name: "with the words of the API server, at the field that it reads",
      spec: { validations: [{ expression: "object.spec.type != 'LoadBalancer'" }] },
      want: ["validations[0]=deny | spec.type | failed expression: object.spec.type != 'LoadBalancer'"],
    },
    {
      name: "with a name, a message, a reason and an action of its own",
      spec: {
        validations: [
          { name: "no-lb", expression: "false", message: " no load balancers ", reason: "Forbidden", action: "warn" },
        ],
      },
      want: ["no-lb=warn | no load balancers | Forbidden"],
    },
    {
      name: "with a computed message",
      spec: {
        validations: [{ expression: "false", messageExpression: "'type ' + object.spec.type", message: "fixed" }],
      },
      want: ["validations[0]=deny | type LoadBalancer"],
    },
    {
      name: "with the fixed message where the computed one has two lines, is blank or fails",
      spec: {
        validations: ["'a\\nb'", "'  '", "object.metadata.labels['none']"].map((messageExpression) => ({
          expression: "false",
          messageExpression,
          message: "fixed",
        })),
      },
      want: ["validations[0]=deny | fixed", "validations[1]=deny | fixed", "validations[2]=deny | fixed"],
    },
    {
      name: "by values of the policy's own",
      spec: {
        params: { allowed: ["ClusterIP"], most: 1 },
        variables: [
          { name: "open", expression: "!(object.spec.type in params.allowed)" },
          { name: "ports", expression: "variables.open ? object.spec.ports.size() : 0" },
        ],
        validations: [{ expression: "variables.ports < params.most" }],
      },
      want: ["validations[0]=deny | spec | failed expression: variables.ports < params.most"],
    },
    {
      name: "and with another action in some namespaces",
      spec: {
        validations: [{ expression: "false", message: "no", actions: [{ namespaces: ["team-*"], action: "audit" }] }],
      },
      want: ["validations[0]=audit | no"],
    },
    {
      name: "or fails, as the policy says",
      spec: { validations: [{ expression: "object.spec.trafficDistribution == 'x'" }] },
      want: [
        "validations[0]=deny | spec.trafficDistribution | expression 'object.spec.trafficDistribution == 'x'' resulted in error: no such key: trafficDistribution",
      ],
    },
    {
      name: "or fails, which the policy ignores",
      spec: { failurePolicy: "Ignore", validations: [{ expression: "object.spec.trafficDistribution == 'x'" }] },
      want: [],
    },
    {
      name: "or depends on what is not known without a request: never passed over",
      spec: {
        validations: [
          { expression: "request.userInfo.username == 'jo'" },
          { expression: "true || request.userInfo.username == 'jo'" },
        ],
      },
      want: [
        "validations[0]=warn | the expression `request.userInfo.username == 'jo'` cannot be judged: request.userInfo is not known here",
      ],
    },
    {
      name: "and sees what the API server would allocate",
      spec: {
        validations: [
          {
            expression: "object.spec.ports.all(p, p.nodePort == 0) || object.spec.clusterIP == ''",
            message: "allocated",
          },
        ],
      },
      want: ["validations[0]=deny | spec | allocated"],
    },
  ])("$name", ({ spec, want }) => {
    expect(findings(spec, manifest({ spec: { type: "LoadBalancer" } }))).toEqual(want);
  });
});

describe("conditions", () => {
  const rules = [{ rule: "named-ports" }];
  it.each([
    {
      name: "true: rules and validations apply",
      expression: "object.spec.type == 'ClusterIP'",
      want: ["named-ports=deny", "validations[0]=deny"],
    },
    { name: "false: neither does", expression: "object.spec.type == 'NodePort'", want: [] },
    {
      name: "failing: only that is reported",
      expression: "object.spec.trafficDistribution == 'x'",
      want: ["matchConditions=deny"],
    },
  ])("$name", ({ expression, want }) => {
    const spec = {
      rules,
      matchConditions: [{ name: "c", expression }],
      validations: [{ expression: "false", message: "no" }],
    };
    expect(findings(spec, manifest()).map((line) => line.split(" | ")[0])).toEqual(want);
  });

  it.each([
    { expression: "object.spec.type == 'ClusterIP'", want: "green" },
    { expression: "object.spec.type == 'NodePort'", want: undefined },
    { expression: "object.spec.trafficDistribution == 'x'", want: undefined },
  ])("decide on defaults, too: $expression", ({ expression, want }) => {
    const spec = { matchConditions: [{ name: "c", expression }], defaults: { labels: { colour: "green" } } };
    const { admitted } = judgeManifest(manifest(), { policies: policies(spec) });
    expect(admitted?.metadata.labels?.["colour"]).toBe(want);
  });

  it("a Service that an update takes out of the conditions is guarded by those that were fulfilled", () => {
    const spec = {
      matchConditions: [{ name: "protected", expression: LABELLED }],
      rules: [{ rule: "update-protection" }],
    };
    const labels = { team: "a", "fairlead.dev/protected": "true" };
    const old = judgeManifest(manifest({ metadata: { labels } })).stored;
    expect(
      findings(spec, manifest(), { operation: "update", oldObject: old }).map((line) => line.split("=")[0]),
    ).toContain("update-protection");
  });
});

describe("operations", () => {
  const stored = judgeManifest(manifest()).stored;
  const spec = { validations: [{ expression: "object != null", message: "there is no object" }] };
  it.each<{ name: string; spec: object; request: Partial<JudgeRequest>; want: readonly string[] }>([
    { name: "a deletion is none of theirs", spec, request: { operation: "delete", oldObject: stored }, want: [] },
    {
      name: "unless the policy names it",
      spec: { ...spec, match: { operations: ["DELETE"] } },
      request: { operation: "delete", oldObject: stored },
      want: ["validations[0]=deny | there is no object"],
    },
    {
      name: "nor is a write of the status",
      spec: { validations: [{ expression: "false" }] },
      request: {
        operation: "status",
        oldObject: { ...stored, status: { loadBalancer: { ingress: [{ ip: "192.0.2.1" }] } } },
      },
      want: [],
    },
    {
      name: "an update has both objects",
      spec: {
        validations: [{ expression: "object.spec.ports[0].port == oldObject.spec.ports[0].port", message: "changed" }],
      },
      request: {
        operation: "update",
        oldObject: { ...stored, spec: { ...stored?.spec, ports: [{ port: 81, targetPort: 81, protocol: "TCP" }] } },
      },
      want: ["validations[0]=deny | spec.ports | changed"],
    },
  ])("$name", ({ spec: one, request, want }) => {
    expect(findings(one, manifest(), request)).toEqual(want);
  });
});

it("exemptions cover validations by name or by place", () => {
  const spec = {
    exempt: [{ names: ["shop"], rules: ["one", "validations[1]"], reason: "old" }],
    validations: [
      { name: "one", expression: "false", message: "1" },
      { expression: "false", message: "2" },
      { expression: "false", message: "3" },
    ],
  };
  expect(findings(spec, manifest())).toEqual([
    "one=deny | 1 | old",
    "validations[1]=deny | 2 | old",
    "validations[2]=deny | 3",
  ]);
});

it("a Service may ask for an exemption from a validation that has a name", () => {
  const spec = { allowAnnotation: true, validations: [{ name: "one", expression: "false", message: "1" }] };
  const annotations = { "exempt.fairlead.dev/one": "migration" };
  expect(findings(spec, manifest({ metadata: { annotations } }))).toEqual(["one=deny | 1 | migration"]);
});

it("an expression has the functions of the version that is judged", () => {
  const spec = { validations: [{ expression: "ip('10.0.0.1').family() == 4" }] };
  expect(findings(spec, manifest(), { version: { minor: 30 } })).toEqual([]);
  const [line] = findings(spec, manifest(), { version: { minor: 29 } });
  expect(line).toMatch(/compilation error: compilation failed: ERROR: <input>:1:3: undeclared reference to 'ip'/);
});
