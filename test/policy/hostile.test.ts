import { describe, expect, it } from "@jest/globals";
import { judgeManifest, manifest, policies } from "./support.ts";

/** Patterns that take a backtracking engine exponential time. */
const EXPONENTIAL = ["(a+)+b", "(a|a)*b", "(a|aa)+b", "(.*a){12}b", "([a-z]+)*[0-9]"];
const MAX_LENGTH = 4096;

const required = (pattern: string) => ({
  rules: [{ rule: "required-annotations", parameters: { annotations: [{ key: "note", pattern }] } }],
});
const forbidden = (pattern: string) => ({
  rules: [{ rule: "forbidden-annotations", parameters: { annotations: [{ key: "*", pattern }] } }],
});

function paths(spec: Readonly<Record<string, unknown>>, note: string): readonly string[] {
  const judgement = judgeManifest(manifest({ metadata: { annotations: { note } } }), { policies: policies(spec) });
  return judgement.policy.findings.map(({ path }) => path.toString());
}

describe("a hostile pattern, or a hostile text, costs no more than another", () => {
  it.each(EXPONENTIAL)("%s", (pattern) => {
    expect(paths(required(pattern), "a".repeat(MAX_LENGTH))).toEqual(["metadata.annotations[note]"]);
    expect(paths(forbidden(pattern), "a".repeat(MAX_LENGTH))).toEqual([]);
  });

  it("of a megabyte nobody looks for a pattern: what is required is missing, what is forbidden is there", () => {
    const megabyte = "a".repeat(1 << 20);
    expect(paths(required("a*"), megabyte)).toEqual(["metadata.annotations[note]"]);
    expect(paths(forbidden(".*b.*"), megabyte)).toEqual(["metadata.annotations[note]"]);
  });

  it("a glob with many stars", () => {
    const key = `${"*a".repeat(60)}*b`;
    const spec = { rules: [{ rule: "forbidden-annotations", parameters: { annotations: [{ key }] } }] };
    const annotations = { ["a".repeat(253)]: "" };
    const { policy } = judgeManifest(manifest({ metadata: { annotations } }), { policies: policies(spec) });
    expect(policy.findings).toEqual([]);
  });
});
