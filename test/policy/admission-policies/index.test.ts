import { describe, expect, it } from "@jest/globals";
import { compileFiles } from "#src/policy/files/compile-files.ts";
import { NEWEST_KNOWN } from "#src/service/versions/version.ts";
import { judgeManifest, manifest } from "../support.ts";

type Selector = Readonly<Record<string, unknown>>;

interface Selecting {
  readonly policy?: { readonly namespaceSelector?: Selector; readonly objectSelector?: Selector };
  readonly binding?: { readonly namespaceSelector?: Selector; readonly objectSelector?: Selector };
}

/** Policies that deny whatever they match, by their names. */
function findingsOf(policies: Readonly<Record<string, Selecting>>, request = {}): readonly string[] {
  const API = "admissionregistration.k8s.io/v1";
  const rule = { apiGroups: [""], apiVersions: ["v1"], operations: ["*"], resources: ["services"] };
  const documents = Object.entries(policies).flatMap(([name, { policy = {}, binding }]) => [
    {
      apiVersion: API,
      kind: "ValidatingAdmissionPolicy",
      metadata: { name },
      spec: { matchConstraints: { resourceRules: [rule], ...policy }, validations: [{ expression: "false" }] },
    },
    {
      apiVersion: API,
      kind: "ValidatingAdmissionPolicyBinding",
      metadata: { name },
      spec: { policyName: name, validationActions: ["Deny"], ...(binding && { matchResources: binding }) },
    },
  ]);
  const text = documents.map((document) => JSON.stringify(document)).join("\n---\n");
  const { policies: set, problems } = compileFiles([{ file: "p.yaml", text }]);
  expect(problems).toEqual([]);
  const { policy } = judgeManifest(manifest({ metadata: { labels: { app: "new" } } }), {
    policies: set,
    version: NEWEST_KNOWN,
    facts: { namespace: "team-a", namespaceLabels: { tier: "gold" }, today: "2026-11-24" },
    ...request,
  });
  return policy.findings.map((finding) => finding.policy);
}

const label = (key: string, value: string) => ({ matchLabels: { [key]: value } });

describe("the policies that are evaluated, out of many", () => {
  it("are those whose selectors match, in the order of their names", () => {
    const found = findingsOf({
      z: {},
      "by-name": { binding: { namespaceSelector: label("kubernetes.io/metadata.name", "team-a") } },
      "other-name": { binding: { namespaceSelector: label("kubernetes.io/metadata.name", "team-b") } },
      "by-tier": { policy: { namespaceSelector: label("tier", "gold") } },
      "other-tier": { policy: { namespaceSelector: label("tier", "iron") } },
      "by-app": { policy: { objectSelector: label("app", "new") } },
      "other-app": { policy: { objectSelector: label("app", "old") } },
      "by-lack": { policy: { objectSelector: { matchExpressions: [{ key: "x", operator: "DoesNotExist" }] } } },
      "by-both": {
        policy: { objectSelector: label("app", "new") },
        binding: { objectSelector: label("app", "old"), namespaceSelector: label("tier", "gold") },
      },
      a: { binding: {} },
    });
    expect(found).toEqual(["a", "by-app", "by-lack", "by-name", "by-tier", "z"]);
  });

  it("are those for the labels that an update takes away, too", () => {
    const oldObject = manifest({ metadata: { labels: { app: "old" }, uid: "1", resourceVersion: "1" } });
    const found = findingsOf(
      {
        new: { policy: { objectSelector: label("app", "new") } },
        old: { policy: { objectSelector: label("app", "old") } },
        all: {},
        other: { policy: { objectSelector: label("app", "other") } },
      },
      { operation: "update", oldObject },
    );
    expect(found).toEqual(["all", "new", "old"]);
  });
});
