import { describe, expect, it } from "@jest/globals";
import type { JudgeRequest } from "#src/engine/judgement.ts";
import type { JsonObject } from "#src/field/json.ts";
import { judgeManifest, manifest } from "../support.ts";
import { admissionSet, bindingOf, validatingPolicy } from "./documents.ts";

/** What a policy finds of a Service, one line for each finding. */
function findings(
  spec: JsonObject,
  { actions = ["Deny"], request = {} }: { actions?: readonly string[]; request?: Partial<JudgeRequest> } = {},
): readonly string[] {
  const policy = validatingPolicy("p", spec);
  const policies = admissionSet(policy, bindingOf(policy, "b", { validationActions: actions }));
  const { policy: said } = judgeManifest(manifest(), { policies, ...request });
  return said.findings.map(({ rule, action, message }) => `${rule}=${action} ${message}`);
}

/** An expression that costs some 930,000 of the 1,000,000 that a single one may cost. */
const COSTLY = `lists.range(300).all(a, lists.range(300).all(b, a + b >= 0 && a * b >= 0))`;
const SOME = [{ expression: "object.metadata.name == 'x'" }];

describe("what ValidatingAdmissionPolicies find", () => {
  it("an annotation that fails refuses the Service whatever the binding's actions are", () => {
    const auditAnnotations = [{ key: "a", valueExpression: "object.nope" }];
    expect(
      findings({ auditAnnotations: [{ key: "a", valueExpression: "string(object.nope)" }] }, { actions: ["Warn"] }),
    ).toEqual(["auditAnnotations[a]=deny expression 'string(object.nope)' resulted in error: no such key: nope"]);
    expect(() => findings({ auditAnnotations })).toThrow("must evaluate to one of [string null_type] but got dyn");
    const ignoring = {
      failurePolicy: "Ignore",
      auditAnnotations: [{ key: "a", valueExpression: "string(object.nope)" }],
    };
    expect(findings(ignoring)).toEqual([]);
  });

  it("match conditions do not know the namespace", () => {
    const matchConditions = [{ name: "a", expression: "namespaceObject == null" }];
    expect(findings({ matchConditions, validations: [{ expression: "false" }] })).toEqual([
      "validations[0]=deny failed expression: false",
    ]);
    const naming = [{ name: "a", expression: " namespaceObject.metadata.name == 'x' " }];
    expect(findings({ matchConditions: naming, validations: [{ expression: "false" }] })).toEqual([
      "matchConditions=deny expression ' namespaceObject.metadata.name == 'x' ' resulted in error: no such key: metadata",
    ]);
  });

  it("messages that cost too much are an error of every validation", () => {
    const validations = Array.from({ length: 14 }, () => ({
      expression: "false",
      messageExpression: `${COSTLY} ? 'a' : 'b'`,
    }));
    const text = "validation failed due to running out of cost budget, no further validation rules will be run";
    const found = findings({ validations: [{ expression: "true" }, ...validations] });
    expect(found).toHaveLength(15);
    expect(new Set(found.map((line) => line.replace(/\d+/, "n")))).toEqual(
      new Set([`validations[n]=deny failed messageExpression: ${text}`]),
    );
  });

  it("an object that is stored has a resource version, a new one has none", () => {
    const validations = [{ expression: "!has(object.metadata.resourceVersion)" }];
    expect(findings({ validations })).toEqual([]);
    const request = { operation: "update", oldObject: manifest() } as const;
    expect(findings({ validations }, { request })).toHaveLength(1);
    expect(findings({ validations: [{ expression: "has(oldObject.metadata.resourceVersion)" }] }, { request })).toEqual(
      [],
    );
  });

  it("what several bindings find is told once, and absent parameters are a matter of the binding", () => {
    const policy = validatingPolicy("p", {
      paramKind: { apiVersion: "v1", kind: "ConfigMap" },
      validations: [{ expression: "params == null" }],
    });
    const params = (name: string): JsonObject => ({
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name, labels: { a: "b" } },
    });
    const bindings = [
      bindingOf(policy, "a", { paramRef: { selector: {}, parameterNotFoundAction: "Deny" } }),
      bindingOf(policy, "b", { paramRef: { name: "x", parameterNotFoundAction: "Allow" } }),
      bindingOf(policy, "c", { paramRef: { name: "none", parameterNotFoundAction: "Deny" } }),
      bindingOf(policy, "d", { paramRef: { name: "none", parameterNotFoundAction: "Allow" } }),
    ];
    const policies = admissionSet(policy, ...bindings, params("x"), params("y"));
    const { policy: said } = judgeManifest(manifest(), { policies });
    expect(said.findings.map(({ rule, message }) => `${rule} ${message}`)).toEqual([
      "paramRef failed to configure binding: no params found for policy binding with `Deny` parameterNotFoundAction",
      "validations[0] failed expression: params == null",
    ]);
  });

  it("a validation that fails is a warning where the binding warns", () => {
    expect(findings({ validations: SOME }, { actions: ["Warn", "Audit"] })).toEqual([
      "validations[0]=warn failed expression: object.metadata.name == 'x'",
    ]);
  });
});
