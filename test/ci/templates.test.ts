import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { parse } from "yaml";
import { isObject, valueAt } from "#src/field/json.ts";
import { BAD, GOOD, Workspace } from "./workspace.ts";
import { ROOT } from "../paths.ts";

let workspace: Workspace;
beforeEach(() => {
  workspace = new Workspace();
});
afterEach(() => {
  workspace.remove();
});

function yaml(file: string): unknown {
  return parse(readFileSync(join(ROOT, file), "utf8"));
}

describe("the GitLab template", () => {
  const job = valueAt(yaml("ci/gitlab.yml"), ["fairlead"]);
  const lines = valueAt(job, ["script"]);
  const script = Array.isArray(lines) ? lines.join("\n") : "";
  const defaults: Record<string, string> = {};
  for (const [name, value] of Object.entries(valueAt(job, ["variables"]) ?? {})) defaults[name] = String(value);

  it.each([
    { name: "the whole folder", text: BAD, variables: {}, code: 1 },
    { name: "paths and options of the user's", text: BAD, variables: { FAIRLEAD_PATHS: "web.yaml *.none" }, code: 2 },
    { name: "nothing wrong", text: GOOD, variables: { FAIRLEAD_OPTIONS: "--fail-if-empty --server-dry-run" }, code: 0 },
  ])("checks $name, and writes the reports that it promises", async ({ text, variables: given, code }) => {
    workspace.write("web.yaml", text);
    const ran = await workspace.run(script, { ...defaults, ...given });
    expect(ran.code).toBe(code);
    const reports = valueAt(job, ["artifacts", "reports"]);
    const files = isObject(reports) ? Object.values(reports).map(String) : [];
    expect(files).toHaveLength(2);
    for (const file of files) expect(workspace.read(file)).not.toBe("");
    const issues: unknown = JSON.parse(workspace.read("gl-code-quality-report.json"));
    expect(Array.isArray(issues) && issues.length > 0).toBe(code !== 0);
  });

  it("takes this release unless told otherwise, and only an exact version", async () => {
    const release = valueAt(JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")), ["version"]);
    expect(defaults["FAIRLEAD_VERSION"]).toBe(release);
    for (const version of ["latest", "1", "0.1", "^0.1.0", "0.1.0 --call=x", "file:.", "0.1.0\n--x", "0.x.0", ""]) {
      const { code, calls } = await workspace.run(script, { ...defaults, FAIRLEAD_VERSION: version });
      expect([version, code, calls]).toEqual([version, 2, []]);
    }
  });

  it("runs npx where nothing of the checkout is, and takes a merge request's settings from its target", async () => {
    workspace.write("web.yaml", BAD);
    workspace.write(".fairlead.yaml", "failOn: warning\n");
    const base = workspace.commit(".fairlead.yaml");
    workspace.write(".fairlead.yaml", 'exclude: ["**"]\n');
    const environment = { ...defaults, CI_MERGE_REQUEST_DIFF_BASE_SHA: base, NODE_OPTIONS: "--require ./evil.js" };
    const { code, output, calls } = await workspace.run(script, environment);
    expect(calls[0]).toContain(`git:${base}`);
    expect([code, output]).toEqual([1, expect.stringContaining("not used")]);
    const [place = "", options] = workspace.read(".places").split("\n");
    expect([place.startsWith(workspace.folder), options]).toEqual([false, "NODE_OPTIONS="]);
  });

  it("goes no further where the target is not to be had", async () => {
    workspace.write("web.yaml", GOOD);
    workspace.commit("web.yaml");
    const environment = { ...defaults, CI_MERGE_REQUEST_DIFF_BASE_SHA: "1".repeat(40) };
    expect(await workspace.run(script, environment)).toMatchObject({ code: 2, calls: [] });
    expect(await workspace.run(script, { ...environment, FAIRLEAD_CONFIG: "none" })).toMatchObject({ code: 0 });
  });
});

describe("the hooks for pre-commit", () => {
  const hooks = yaml(".pre-commit-hooks.yaml");
  const hook = (id: string): unknown =>
    Array.isArray(hooks) ? hooks.find((one) => valueAt(one, ["id"]) === id) : undefined;

  /** As pre-commit puts it together: entry, arguments, names of files. */
  function hookCall(id: string): { readonly entry: string; readonly args: string } {
    const args = valueAt(hook(id), ["args"]);
    return { entry: String(valueAt(hook(id), ["entry"])), args: Array.isArray(args) ? args.join(" ") : "" };
  }

  it.each(["fairlead", "fairlead-fix"])("%s is a hook with all that pre-commit asks for", (id) => {
    expect(hook(id)).toMatchObject({
      name: expect.any(String),
      language: "node",
      entry: expect.stringMatching(/^fairlead /),
    });
  });

  it.each([
    { file: "deploy/web.yaml", want: true },
    { file: "web.yml", want: true },
    { file: "list.json", want: true },
    { file: "README.md", want: false },
    { file: "charts/shop/templates/service.yaml", want: false },
    { file: "templates/service.yaml", want: false },
    { file: "my-templates.yaml", want: true },
  ])("are given $file: $want", ({ file, want }) => {
    const files = new RegExp(String(valueAt(hook("fairlead"), ["files"])));
    const exclude = new RegExp(String(valueAt(hook("fairlead"), ["exclude"])));
    expect(files.test(file) && !exclude.test(file)).toBe(want);
  });

  it("are given the changed files as words, and take none of them for an option", async () => {
    workspace.write("a b.yaml", BAD);
    workspace.write("--write-baseline=x.yaml", GOOD);
    const { entry, args } = hookCall("fairlead");
    const { code, output } = await workspace.run(`${entry} ${args} "a b.yaml" --write-baseline=x.yaml`);
    expect([code, output]).toEqual([1, expect.stringContaining("a b.yaml:4:")]);
    expect(existsSync(join(workspace.folder, "x.yaml"))).toBe(false);
  });

  it("write plain fixes back, and say so", async () => {
    workspace.write("web.yaml", GOOD.replace("spec: {", "spec: { type: nodePort,"));
    const { code, output } = await workspace.run(`${hookCall("fairlead-fix").entry} -- web.yaml`);
    expect([code, output]).toEqual([0, expect.stringContaining("fixed: nodePort is now NodePort")]);
    expect(workspace.read("web.yaml")).toContain("type: NodePort");
  });
});
