import { describe, expect, it } from "@jest/globals";
import { judgeManifest, manifest, policies, SERVER } from "../support.ts";

const MARKED = { labels: { "fairlead.dev/protected": "true" } };
const UPDATE = { rules: [{ rule: "update-protection" }] };
const DELETE = { rules: [{ rule: "deletion-protection" }] };

interface Case {
  readonly name: string;
  readonly spec: Readonly<Record<string, unknown>>;
  readonly operation: "update" | "delete";
  readonly old: object;
  readonly object?: object;
  readonly want: readonly string[];
}

describe("what is protected", () => {
  it.each<Case>([
    {
      name: "is not deleted",
      spec: DELETE,
      operation: "delete",
      old: { metadata: MARKED },
      want: ["deletion-protection"],
    },
    {
      name: "is let go that is on its way already",
      spec: DELETE,
      operation: "delete",
      old: { metadata: { ...MARKED, deletionTimestamp: "2026-11-24T00:00:00Z" } },
      want: [],
    },
    {
      name: "is not changed",
      spec: UPDATE,
      operation: "update",
      old: { metadata: MARKED },
      object: { metadata: MARKED, spec: { selector: { app: "other" } } },
      want: ["update-protection"],
    },
    {
      name: "does not leave the policy by losing the label that it goes by",
      spec: { match: { objectSelector: { matchLabels: MARKED.labels } }, ...UPDATE },
      operation: "update",
      old: { metadata: MARKED },
      object: { spec: { selector: { app: "other" } } },
      want: ["update-protection", "update-protection"],
    },
    {
      name: "nor by another type",
      spec: { match: { types: ["ClusterIP"] }, ...UPDATE },
      operation: "update",
      old: { metadata: MARKED },
      object: { metadata: MARKED, spec: { type: "NodePort" } },
      want: ["update-protection"],
    },
    {
      name: "other rules look at what the policy matches now",
      spec: { match: { types: ["ClusterIP"] }, rules: [{ rule: "named-ports" }] },
      operation: "update",
      old: {},
      object: { spec: { type: "NodePort" } },
      want: [],
    },
  ])("$name", ({ spec, operation, old, object = {}, want }) => {
    const judgement = judgeManifest(manifest(object), {
      operation,
      oldObject: manifest(old),
      policies: policies(spec),
      facts: { ...SERVER.facts, origin: "manifest" },
    });
    expect(judgement.policy.findings.map(({ rule }) => rule)).toEqual(want);
  });
});
