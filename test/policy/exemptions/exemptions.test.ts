import { describe, expect, it } from "@jest/globals";
import { judgeManifest, manifest, policies } from "../support.ts";

const RULES = [{ rule: "named-ports" }];
const OPS = { name: "system:serviceaccount:ops:deployer", groups: ["system:serviceaccounts", "ops"] };

interface Case {
  readonly name: string;
  readonly spec: object;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly user?: { readonly name: string; readonly groups: readonly string[] };
  readonly want: { readonly by: string; readonly reason: string; readonly expires?: string } | undefined;
  readonly message?: RegExp;
}

function findingOf({ spec, annotations = {}, user }: Case) {
  const facts = { namespace: "team-a", today: "2026-11-24", origin: "manifest" as const, ...(user && { user }) };
  const { findings } = judgeManifest(manifest({ metadata: { annotations } }), {
    facts,
    policies: policies({ rules: RULES, ...spec }),
  }).policy;
  expect(findings).toHaveLength(1);
  return findings[0];
}

const exemptAnnotation = (text: string) => ({ "exempt.fairlead.dev/named-ports": text });
const byPolicy = { by: "policy", reason: "r" };

describe("exemptions", () => {
  it.each<Case>([
    { name: "none", spec: {}, want: undefined },
    {
      name: "by user",
      spec: { exempt: [{ users: ["system:serviceaccount:ops:*"], reason: "r" }] },
      user: OPS,
      want: byPolicy,
    },
    { name: "by user, in CI, where nobody asks", spec: { exempt: [{ users: ["*"], reason: "r" }] }, want: undefined },
    { name: "by group", spec: { exempt: [{ groups: ["ops"], reason: "r" }] }, user: OPS, want: byPolicy },
    {
      name: "by service account",
      spec: { exempt: [{ serviceAccounts: ["ops/*"], reason: "r" }] },
      user: OPS,
      want: byPolicy,
    },
    {
      name: "by service account, another user",
      spec: { exempt: [{ serviceAccounts: ["*/*"], reason: "r" }] },
      user: { name: "jo", groups: [] },
      want: undefined,
    },
    { name: "by namespace", spec: { exempt: [{ namespaces: ["team-*"], reason: "r" }] }, want: byPolicy },
    { name: "by name", spec: { exempt: [{ names: ["sh*"], reason: "r" }] }, want: byPolicy },
    {
      name: "all that is given must hold",
      spec: { exempt: [{ names: ["shop"], namespaces: ["team-b"], reason: "r" }] },
      want: undefined,
    },
    {
      name: "from this rule",
      spec: { exempt: [{ names: ["shop"], rules: ["named-ports"], reason: "r" }] },
      want: byPolicy,
    },
    {
      name: "from another rule",
      spec: {
        exempt: [{ names: ["shop"], rules: ["external-ips"], reason: "r" }],
        rules: [...RULES, { rule: "external-ips" }],
      },
      want: undefined,
    },
    {
      name: "on its last day",
      spec: { exempt: [{ names: ["shop"], reason: "r", expires: "2026-11-24" }] },
      want: { ...byPolicy, expires: "2026-11-24" },
    },
    {
      name: "the day after",
      spec: { exempt: [{ names: ["shop"], reason: "r", expires: "2026-11-23" }] },
      want: undefined,
      message: /\(the exemption "r" expired: its last day was 2026-11-23\)$/,
    },
    {
      name: "another one that holds",
      spec: {
        exempt: [
          { names: ["shop"], reason: "old", expires: "2026-11-23" },
          { names: ["shop"], reason: "r" },
        ],
      },
      want: byPolicy,
    },
    {
      name: "by annotation",
      spec: { allowAnnotation: true },
      annotations: exemptAnnotation("r"),
      want: { by: "annotation", reason: "r" },
    },
    {
      name: "by annotation, for a time",
      spec: { allowAnnotation: true },
      annotations: exemptAnnotation("r; expires 2026-12-01"),
      want: { by: "annotation", reason: "r", expires: "2026-12-01" },
    },
    {
      name: "by annotation, expired",
      spec: { allowAnnotation: true },
      annotations: exemptAnnotation("r; expires 2026-11-01"),
      want: undefined,
      message: /expired: its last day was 2026-11-01/,
    },
    {
      name: "by annotation, where nobody allows that",
      spec: {},
      annotations: exemptAnnotation("r"),
      want: undefined,
      message: /does not let the annotation/,
    },
    {
      name: "by annotation, without reason",
      spec: { allowAnnotation: true },
      annotations: exemptAnnotation(" "),
      want: undefined,
      message: /must give a reason/,
    },
    {
      name: "by annotation, garbled",
      spec: { allowAnnotation: true },
      annotations: exemptAnnotation("r; until May"),
      want: undefined,
      message: /must read "REASON/,
    },
    {
      name: "by annotation, until a day that is none",
      spec: { allowAnnotation: true },
      annotations: exemptAnnotation("r; expires 2027-02-30"),
      want: undefined,
      message: /must read "REASON/,
    },
    {
      name: "by annotation, misspelt",
      spec: { allowAnnotation: true },
      annotations: { "exempt.fairlead.dev/named-port": "r" },
      want: undefined,
      message: /exempt.fairlead.dev\/named-port names no rule; did you mean "named-ports"\?/,
    },
    {
      name: "by annotation, of another rule",
      spec: { allowAnnotation: true },
      annotations: { "exempt.fairlead.dev/external-ips": "r" },
      want: undefined,
    },
  ])("$name", (given) => {
    const finding = findingOf(given);
    expect(finding?.suppressed).toEqual(given.want);
    expect(finding?.message).toMatch(given.message ?? /^the port 80 has no name$/);
  });
});

describe("actions and messages", () => {
  it.each([
    { name: "deny where nothing is said", entry: {}, want: "deny" },
    { name: "as said", entry: { action: "audit" }, want: "audit" },
    {
      name: "for this namespace",
      entry: { action: "deny", actions: [{ namespaces: ["team-*"], action: "warn" }] },
      want: "warn",
    },
    {
      name: "by the namespace's labels",
      entry: { action: "deny", actions: [{ namespaceSelector: { matchLabels: { tier: "gold" } }, action: "audit" }] },
      want: "audit",
    },
    { name: "for others", entry: { action: "deny", actions: [{ namespaces: ["x"], action: "warn" }] }, want: "deny" },
  ])("$name", ({ entry, want }) => {
    const facts = { namespace: "team-a", namespaceLabels: { tier: "gold" }, today: "2026-11-24" };
    const set = policies({ rules: [{ rule: "named-ports", ...entry }] });
    const { findings } = judgeManifest(manifest(), { facts, policies: set }).policy;
    expect(findings.map(({ action }) => action)).toEqual([want]);
  });

  it("a policy's own sentence may name what was found", () => {
    const set = policies({
      rules: [
        { rule: "allowed-types", parameters: { types: ["NodePort"] }, message: "{found} for {namespace}/{name}?" },
      ],
    });
    expect(judgeManifest(manifest(), { policies: set }).policy.findings[0]?.message).toBe("ClusterIP for team-a/shop?");
  });

  it("policies speak in the order of their names", () => {
    const set = policies({ rules: RULES }, { rules: RULES });
    expect(judgeManifest(manifest(), { policies: set }).policy.findings.map(({ policy }) => policy)).toEqual([
      "a",
      "b",
    ]);
  });
});
