import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { isObject, valueAt } from "#src/field/json.ts";
import { Checkout } from "../checkout.ts";
import { fairlead } from "../run-cli.ts";

let checkout: Checkout;
beforeEach(() => {
  checkout = new Checkout();
});
afterEach(() => {
  checkout.remove();
});

async function findings(...args: readonly string[]): Promise<readonly [number | null, readonly string[]]> {
  const { code, stdout } = await checkout.check("--no-config", "--format", "json", ...args);
  const report: unknown = JSON.parse(stdout);
  const found = valueAt(report, ["findings"]);
  const all: readonly unknown[] = Array.isArray(found) ? found : [];
  return [code, all.filter(isObject).map(({ rule, file }) => `${String(rule)} ${String(file)}`)];
}

describe("a file that the user named must be readable, one that was found need not be a manifest", () => {
  it.each([
    {
      name: "JSON with comments",
      file: "tsconfig.json",
      text: '{\n  // strict\n  "a": { "b": true, },\n}\n',
      rule: "not-yaml",
    },
    { name: "JSON lines", file: "lines.json", text: '{"a": 1}\n{"a": 2}\n', rule: undefined },
    { name: "an empty file", file: "empty.json", text: "", rule: undefined },
    { name: "a compose file", file: "compose.yaml", text: "services: { web: { image: a } }\n", rule: undefined },
    { name: "broken YAML", file: "fixture.yaml", text: "a: [1\nb: }\n", rule: "not-yaml" },
    {
      name: "an alert with an unquoted variable",
      file: "alert.yaml",
      text: "a:\n  b: {{ $value }} c\n",
      rule: "not-yaml",
    },
    {
      name: "a template",
      file: "t.yaml",
      text: "apiVersion: v1\nkind: Service\na: {{ .Values.a }}\n",
      rule: "chart-template",
    },
    {
      name: "a template of Jinja",
      file: "j.yaml",
      text: "{% if a %}\nkind: Service\napiVersion: v1\n{% endif %}\n",
      rule: "chart-template",
    },
    ...["@NAME@", "{NAME}.16", "[YOUR NAME]/web", "%NAME%"].map((value) => ({
      name: `a placeholder: ${value}`,
      file: "p.yaml",
      text: `apiVersion: v1\nkind: Service\nmetadata:\n  name: ${value}\n`,
      rule: "not-yaml",
    })),
  ])("$name", async ({ file, text, rule }) => {
    checkout.write(`a/${file}`, text);
    expect(await findings("a")).toEqual([0, []]);
    const [code, named] = await findings(`a/${file}`);
    // What TEXT reads is judged as read; only what cannot be read is an error.
    if (rule === undefined) expect(named.filter((one) => one.startsWith("chart-template"))).toEqual([]);
    else expect([code, named]).toEqual([2, [`${rule} a/${file}`]]);
  });

  it.each([
    {
      name: "a tab, beside quoted words of a template",
      text: 'a: "{{ .b }}"\n---\napiVersion: v1\nkind: Service\nspec:\n\ta: 1\n',
    },
    {
      name: "a block of text with words of a template",
      text: "apiVersion: v1\nkind: Service\na: |\n  {{ .b }}\nb: }\n",
    },
    { name: "JSON", text: '{"apiVersion": "v1", "kind": "Service",, "a": "{{ .b }}"}' },
  ])("a broken manifest stays an error: $name", async ({ text }) => {
    checkout.write("a/x.yaml", text);
    expect(await findings("a")).toEqual([2, ["not-yaml a/x.yaml"]]);
  });
});

const service = (name: string, spec = "type: NodePort, ports: [{ port: 80, nodePort: 30080 }]", namespace?: string) =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: ${name}${namespace === undefined ? "" : `, namespace: ${namespace}`} }\nspec: { ${spec} }\n`;

describe("claims conflict among manifests that are applied together", () => {
  const kustomization = (...resources: string[]): string => `resources: [${resources.join(", ")}]\n`;
  it.each([
    { name: "files of one folder", files: { "a.yaml": "a", "b.yaml": "b" }, want: ["node-port-twice b.yaml"] },
    {
      name: "folders of applications",
      files: { "a/a.yaml": "a", "b/b.yaml": "b" },
      want: ["node-port-twice b/b.yaml"],
    },
    { name: "two environments", files: { "dev/a.yaml": "a", "prod/a.yaml": "a" }, want: [] },
    {
      name: "two environments of one application",
      files: { "shop-dev/a.yaml": "a", "shop-prod/a.yaml": "b" },
      want: [],
    },
    { name: "two clusters", files: { "clusters/x/a.yaml": "a", "clusters/y/b.yaml": "b" }, want: [] },
    {
      name: "one cluster",
      files: { "clusters/x/a/a.yaml": "a", "clusters/x/b/b.yaml": "b" },
      want: ["node-port-twice clusters/x/b/b.yaml"],
    },
    {
      name: "two charts",
      files: { "a/Chart.yaml": undefined, "a/crds/a.yaml": "a", "b/Chart.yaml": undefined, "b/crds/b.yaml": "b" },
      want: [],
    },
  ])("$name", async ({ files, want }) => {
    for (const [file, name] of Object.entries(files)) {
      checkout.write(file, name === undefined ? "apiVersion: v2\nname: x\nversion: 0.1.0\n" : service(name));
    }
    expect((await findings("."))[1]).toEqual(want);
  });

  it.each([
    { name: "a copy in the same folder", files: { "a.yaml": ["a"], "b.yaml": ["a"] }, want: ["b.yaml"] },
    { name: "a file that has two twice", files: { "x.yaml": ["a", "a", "b", "b"] }, want: ["x.yaml", "x.yaml"] },
    { name: "folders that nothing joins", files: { "x/a.yaml": ["a"], "y/b.yaml": ["a"] }, want: [] },
    { name: "an all-in-one file", files: { "b.yaml": ["a", "b"], "c.yaml": ["a", "b"] }, want: [] },
    { name: "two ways to have one", files: { "web.yaml": ["web"], "web-nodeport.yaml": ["web"] }, want: [] },
    { name: "a name within a word", files: { "awl.yaml": ["web"], "webs.yaml": ["web"] }, want: ["webs.yaml"] },
    { name: "two versions", files: { "v2.1.0-full.yaml": ["a"], "v2.2.0-full.yaml": ["a"] }, want: [] },
    { name: "numbers that are no versions", files: { "x1.yaml": ["a"], "x2.yaml": ["a"] }, want: ["x2.yaml"] },
    { name: "inputs of tests", files: { "e2e/x/a.yaml": ["a"], "e2e/x/b.yaml": ["a"] }, want: [] },
    { name: "files of a folder of samples", files: { "samples/a.yaml": ["a"], "samples/b.yaml": ["a"] }, want: [] },
    { name: "files of two environments", files: { "web-dev.yaml": ["a"], "web-prod.yaml": ["a"] }, want: [] },
  ])("a name that is defined twice: $name", async ({ files, want }) => {
    for (const [file, names] of Object.entries<readonly string[]>(files)) {
      checkout.write(file, names.map((name) => service(name, "ports: [{ port: 80 }]")).join("---\n"));
    }
    expect(await findings(".")).toEqual([0, want.map((file) => `duplicate-name ${file}`)]);
    // The user says that a folder is applied together.
    const [, found] = await findings(".", "--sets", ".");
    expect(found.length).toBeGreaterThan(0);
  });

  it("an overlay holds its base and its components, and two overlays are two sets", async () => {
    checkout.write("base/kustomization.yaml", kustomization("a.yaml"));
    checkout.write("base/a.yaml", service("a"));
    for (const overlay of ["one", "two"]) {
      checkout.write(`${overlay}/kustomization.yaml`, kustomization("../base", "b.yaml"));
      checkout.write(`${overlay}/b.yaml`, service("b", "type: NodePort, ports: [{ port: 80, nodePort: 30081 }]"));
    }
    expect(await findings(".")).toEqual([0, []]);
    checkout.write("two/b.yaml", service("b"));
    expect(await findings(".")).toEqual([1, ["node-port-twice two/b.yaml"]]);
  });

  it("the namespace and the prefix of a kustomization count", async () => {
    checkout.write("all/kustomization.yaml", kustomization("../x", "../y"));
    for (const [folder, line] of [
      ["x", "namespace: x"],
      ["y", "namespace: y"],
    ] as const) {
      checkout.write(`${folder}/kustomization.yaml`, `${kustomization("a.yaml")}${line}\n`);
      checkout.write(`${folder}/a.yaml`, service("a", "ports: [{ port: 80 }]"));
    }
    expect(await findings(".")).toEqual([0, []]);
    checkout.write("y/kustomization.yaml", `${kustomization("a.yaml")}namespace: x\n`);
    expect(await findings(".")).toEqual([0, ["duplicate-name y/a.yaml"]]);
    checkout.write("y/kustomization.yaml", `${kustomization("a.yaml")}namespace: x\nnamePrefix: y-\n`);
    expect(await findings(".")).toEqual([0, []]);
  });

  it("the user names sets, on the command line or in .fairlead.yaml", async () => {
    checkout.write("teams/a/a.yaml", service("a"));
    checkout.write("teams/b/b.yaml", service("b"));
    expect((await findings("."))[0]).toBe(1);
    expect(await findings("--sets", "teams/*", ".")).toEqual([0, []]);
    checkout.write(".fairlead.yaml", "sets: [teams/*/]\n");
    expect((await checkout.check("teams")).code).toBe(0);
  });

  it.each([
    {
      name: "a Service without node ports asks for none",
      spec: "type: ClusterIP, ports: [{ port: 80, nodePort: 30080 }]",
      args: [],
    },
    {
      name: "a dry run allocates none",
      spec: "type: NodePort, ports: [{ port: 80, nodePort: 30080 }]",
      args: ["--server-dry-run"],
    },
  ])("$name", async ({ spec, args }) => {
    checkout.write("x.yaml", `${service("a", spec)}---\n${service("b", spec)}`);
    const { stdout } = await checkout.check(...args, "--format", "json", "x.yaml");
    expect(stdout).not.toContain("node-port-twice");
  });

  it("a file that is named twice, or linked, is one file", async () => {
    checkout.write("a/x.yaml", service("a"));
    symlinkSync("x.yaml", join(checkout.folder, "a/y.yaml"));
    symlinkSync("a", join(checkout.folder, "b"));
    expect(await findings(".")).toEqual([0, []]);
    expect(await findings("a/x.yaml", "./a/x.yaml", "a/y.yaml", join(checkout.folder, "b/x.yaml"))).toEqual([0, []]);
  });
});

describe("the state before", () => {
  it("templates that are found hold no Services, a broken manifest is told", async () => {
    checkout.write("old/web.yaml", service("web"));
    checkout.write("old/template.yaml", "apiVersion: v1\nkind: Service\n{{ if .Values.web }}\nspec: {}\n");
    checkout.write("old/placeholder.yaml", "apiVersion: v1\nkind: Service\nmetadata: { }\nspec: @SPEC@\n");
    checkout.commitAll();
    expect(await checkout.check("--against", "old", "old")).toMatchObject({ code: 0, stderr: "" });
    expect(await checkout.check("--against", "git:HEAD", "old")).toMatchObject({ code: 0, stderr: "" });
    const named = await checkout.check("--against", "git:HEAD:old/template.yaml", "old");
    expect(named.stderr).toContain("HEAD:old/template.yaml:3: the state before cannot be read");
  });
});

describe("--against git: says what is wrong and what to do", () => {
  it("outside of a repository, for an unknown name, for a path elsewhere, in a shallow clone, and without git", async () => {
    checkout.write("x.yaml", service("a"));
    const says = async (...args: readonly string[]): Promise<string> =>
      (await checkout.check("--no-config", "--against", ...args)).stderr;
    expect(await says("git:main", ".")).toContain("this folder is in no git repository");
    checkout.commitAll();
    expect(await says("git:nope", ".")).toContain("git:nope: no commit, branch or tag here has this name");
    expect(await says("git:main", "..", "/usr")).toContain("/usr is outside of the repository");
    checkout.git("clone", "-q", "--depth", "1", `file://${checkout.folder}`, "clone");
    const args = ["check", "--no-config", "--against", "git:origin/old", "."];
    const { code, stderr } = await fairlead(args, { cwd: join(checkout.folder, "clone") });
    expect([code, stderr]).toEqual([
      2,
      expect.stringContaining("git fetch --depth=1 origin old:refs/remotes/origin/old"),
    ]);
    const command = ["/usr/bin/env", "PATH=/nowhere"];
    const without = await fairlead(args, { cwd: checkout.folder, command });
    expect([without.code, without.stderr]).toEqual([2, expect.stringContaining("git is not installed")]);
  });
});
