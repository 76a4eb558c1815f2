import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { fairlead } from "../run-cli.ts";

const POLICY = `apiVersion: fairlead.dev/v1alpha1
kind: ServicePolicy
metadata: { name: p }
spec:
  match: { namespaceSelector: { matchLabels: { tier: gold } } }
  rules: [{ rule: named-ports }]
`;
const GOLD = "apiVersion: v1\nkind: Namespace\nmetadata: { name: a, labels: { tier: gold } }\n";
const LIST = JSON.stringify({
  kind: "List",
  items: [{ kind: "Namespace", metadata: { name: "a", labels: { tier: "gold" } } }],
});

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "fairlead-namespaces-"));
  writeFileSync(join(folder, "policy.yaml"), POLICY);
  writeFileSync(
    join(folder, "web.yaml"),
    "apiVersion: v1\nkind: Service\nmetadata: { name: web, namespace: a }\nspec: { ports: [{ port: 80 }] }\n",
  );
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function check(...args: readonly string[]) {
  return fairlead(["check", "--no-config", "--policy", "policy.yaml", ...args, "web.yaml"], { cwd: folder });
}

describe("--namespaces", () => {
  it.each([
    { name: "a manifest", text: GOLD },
    { name: "one of several", text: `${GOLD.replace("name: a", "name: b")}---\n${GOLD}` },
    { name: "what kubectl get prints", text: LIST },
  ])("$name", async ({ text }) => {
    writeFileSync(join(folder, "ns.yaml"), text);
    const { code, stdout } = await check("--namespaces", "ns.yaml");
    expect(code).toBe(1);
    expect(stdout).toContain("policy/named-ports");
  });

  it("not set: a note names the policy that needs the labels", async () => {
    const { code, stderr } = await check();
    expect(code).toBe(0);
    expect(stderr).toBe(
      "fairlead check: the policy p selects namespaces by labels, but no labels are known: every namespace is assumed to have " +
        "none; pass their manifests with --namespaces FILE\n",
    );
  });

  it("not set: a note names the policy whose expressions need the labels", async () => {
    const validations = [{ expression: 'namespaceObject.metadata.?labels.?tier.orValue("gold") == "gold"' }];
    const policy = {
      apiVersion: "fairlead.dev/v1alpha1",
      kind: "ServicePolicy",
      metadata: { name: "e" },
      spec: { validations },
    };
    writeFileSync(join(folder, "expressions.yaml"), JSON.stringify(policy));
    const { code, stderr } = await fairlead(["check", "--no-config", "--policy", "expressions.yaml", "web.yaml"], {
      cwd: folder,
    });
    expect([code, stderr]).toEqual([
      0,
      "fairlead check: the policy e has expressions on labels of namespaces, but no labels are known: every namespace is " +
        "assumed to have none; pass their manifests with --namespaces FILE\n",
    ]);
  });

  it.each([
    { name: "set", match: "{ matchLabels: { tier: gold } }", args: ["--namespaces", "ns.yaml"] },
    {
      name: "not set, and the policy needs the name only",
      match: "{ matchLabels: { kubernetes.io/metadata.name: a } }",
      args: [],
    },
    {
      name: "not set, and an expression needs the name only",
      match: "{ matchExpressions: [{ key: kubernetes.io/metadata.name, operator: In, values: [a] }] }",
      args: [],
    },
  ])("$name: there is no note", async ({ match, args }) => {
    writeFileSync(join(folder, "ns.yaml"), GOLD);
    writeFileSync(join(folder, "other.yaml"), POLICY.replace(/\{ matchLabels.*?\} \}/, match));
    const run = ["check", "--no-config", "--policy", "other.yaml", ...args, "web.yaml"];
    const { code, stderr } = await fairlead(run, { cwd: folder });
    expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
  });

  it("not set: one note for each policy, however many Services there are", async () => {
    writeFileSync(join(folder, "two.yaml"), `${POLICY}---\n${POLICY.replace("name: p", "name: q")}`);
    const run = ["check", "--no-config", "--policy", "two.yaml", "web.yaml", "./web.yaml", folder];
    const { stderr } = await fairlead(run, { cwd: folder });
    expect(stderr.match(/the policy \w/g)).toEqual(["the policy p", "the policy q"]);
  });

  it("may be set in the configuration", async () => {
    writeFileSync(join(folder, "ns.yaml"), GOLD);
    writeFileSync(join(folder, "config.yaml"), "policy: [policy.yaml]\nnamespaces: [ns.yaml]\n");
    const { code } = await fairlead(["check", "--config", "config.yaml", "web.yaml"], { cwd: folder });
    expect(code).toBe(1);
  });

  it.each([
    { name: "no file", file: "nope.yaml", says: '"nope.yaml" cannot be read' },
    { name: "no Namespace", file: "web.yaml", says: "web.yaml holds no Namespace" },
  ])("$name: exit code 2", async ({ file, says }) => {
    const { code, stderr } = await check("--namespaces", file);
    expect(code).toBe(2);
    expect(stderr).toContain(says);
  });
});
