import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { fairlead } from "#test/check/run-cli.ts";

const SERVICE = "apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec: { ports: [{ port: 80 }] }\n";
const HEAD = "apiVersion: fairlead.dev/v1alpha1\nkind: ServicePolicy\nmetadata: { name: p }\n";
const GOOD = `${HEAD}spec:\n  rules: [{ rule: named-ports }]\n`;

const ADMISSION = "apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingAdmissionPolicy";
const CLUSTER_POLICY = `${ADMISSION}
metadata: { name: a }
spec:
  matchConstraints:
    resourceRules: [{ apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [services] }]
  validations: [{ expression: true }]
`;
const BINDING = `${ADMISSION}Binding
metadata: { name: a }
spec: { policyName: a, validationActions: [Deny] }
`;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "fairlead-load-"));
  writeFileSync(join(folder, "web.yaml"), SERVICE);
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** The error of `check` for the policy; `text` is written to the file p.yaml. */
async function refusal(
  ...policies: readonly string[]
): Promise<{ readonly code: number | null; readonly lines: readonly string[] }> {
  const options = policies.flatMap((policy) => ["--policy", policy]);
  const { code, stdout, stderr } = await fairlead(["check", "--no-config", ...options, "web.yaml"], { cwd: folder });
  expect(stdout).toBe("");
  return {
    code,
    lines: stderr
      .trimEnd()
      .split("\n")
      .map((line) => line.replace(/^fairlead check: /, "")),
  };
}

describe("a policy file that is wrong ends in exit code 2, with place and reason", () => {
  it.each([
    { name: "no YAML", text: `${HEAD}spec: [`, want: [/^p\.yaml:\d+:\d+: this is not valid YAML/] },
    { name: "no text", text: "", want: [/^p\.yaml:1:1: holds no policy$/] },
    { name: "a list", text: "- a\n", want: [/^p\.yaml:1:1: must be a policy: apiVersion, kind, metadata and spec$/] },
    {
      name: "a Service",
      text: SERVICE,
      want: [
        /^p\.yaml:2:1: kind: is "Service": neither a policy nor the paramKind of one; did you mean "ServicePolicy"\?$/,
      ],
    },
    {
      name: "a policy of a cluster, whose binding and ConfigMap are not missing it",
      text: `${CLUSTER_POLICY}---\n${BINDING}---\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: c }\n`,
      want: [/^p\.yaml:\d+:\d+: spec\.validations\[0\]\.expression: must be a string, not a boolean$/],
    },
    {
      name: "an unknown field, in the second document",
      text: `${GOOD}---\n${HEAD.replace("name: p", "name: q")}spec:\n  rule: []\n`,
      want: [/^p\.yaml:11:3: spec\.rule: is not known; did you mean "rules"\?/],
    },
    {
      name: "a field that is there twice",
      text: `${HEAD}spec:\n  rules: [{ rule: named-ports, rule: external-ips }]\n`,
      want: [/^p\.yaml:5:32: spec\.rules\[0\]\.rule: is named twice$/],
    },
    {
      name: "a name that is there twice",
      text: `${GOOD}---\n${GOOD}`,
      want: [/^p\.yaml:9:13: metadata\.name: there is a policy of the name "p" already, in p\.yaml$/],
    },
    {
      name: "a word of YAML",
      text: `${HEAD}spec:\n  defaults: { labels: { public: no } }\n`,
      want: [
        /^p\.yaml:5:25: spec\.defaults\.labels\[public\]: must be a string, not a boolean \(YAML 1\.1 takes `no` for the boolean false: quote it, "no"\)$/,
      ],
    },
  ])("$name", async ({ text, want }) => {
    writeFileSync(join(folder, "p.yaml"), text);
    const { code, lines } = await refusal("p.yaml");
    expect(code).toBe(2);
    expect(lines).toHaveLength(want.length);
    for (const [index, pattern] of want.entries()) expect(lines[index]).toMatch(pattern);
  });

  it("a file that is not there, a set that is misspelt, a folder with nothing in it, a link to itself", async () => {
    mkdirSync(join(folder, "empty"));
    symlinkSync("loop.yaml", join(folder, "loop.yaml"));
    expect(await refusal("nope.yaml", "baselin", "empty", "loop.yaml")).toEqual({
      code: 2,
      lines: [
        "nope.yaml:1:1: there is no such file or directory",
        'baselin:1:1: there is no such file or directory; did you mean "baseline"?',
        "empty:1:1: holds no policy file (*.yaml, *.yml, *.json)",
        "loop.yaml:1:1: is a symbolic link that leads to itself",
      ],
    });
  });

  it("one wrong file of several is none of them applied", async () => {
    mkdirSync(join(folder, "several"));
    writeFileSync(join(folder, "several", "a.yaml"), GOOD);
    writeFileSync(join(folder, "several", "b.json"), '{"kind": "ServicePolicy"}');
    const { code, lines } = await refusal("several");
    expect(code).toBe(2);
    expect(lines.every((line) => line.startsWith("several/b.json:1:"))).toBe(true);
  });
});
