import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { parse } from "yaml";
import { CHECK_OPTIONS } from "../../src/check/options.ts";
import { isObject, valueAt } from "../../src/field/json.ts";
import { BAD, GOOD, type ScriptRun, Workspace } from "./workspace.ts";

const ACTION: unknown = parse(readFileSync(join(import.meta.dirname, "../../action.yml"), "utf8"));
const STEP = valueAt(ACTION, ["runs", "steps", 1]);
const SCRIPT = String(valueAt(STEP, ["run"]));

let workspace: Workspace;
beforeEach(() => {
  workspace = new Workspace();
});
afterEach(() => {
  workspace.remove();
});

function entries(value: unknown): [string, unknown][] {
  return isObject(value) ? Object.entries(value) : [];
}

/** Runs the action's script as GitHub would with these inputs: each variable is what its input says. */
function act(inputs: Readonly<Record<string, string>>): Promise<ScriptRun> {
  const environment: Record<string, string> = { GITHUB_OUTPUT: join(workspace.folder, "output") };
  for (const [variable, expression] of entries(valueAt(STEP, ["env"]))) {
    const input = /^\$\{\{ inputs\.([a-z-]+) \}\}$/.exec(String(expression))?.[1] ?? "";
    const value = inputs[input] ?? valueAt(ACTION, ["inputs", input, "default"]);
    environment[variable] = typeof value === "string" ? value : `no default: ${input}`;
  }
  return workspace.run(SCRIPT, environment);
}

describe("the GitHub action", () => {
  it("has an input for every option that a job may want", () => {
    const inputs = entries(valueAt(ACTION, ["inputs"])).map(([name]) => name);
    // Reports have an input each; what is shown, fixed or written as a baseline is for a person at a terminal.
    const elsewhere = ["no-config", "format", "write-baseline", "show", "fix", "no-progress"];
    const options = CHECK_OPTIONS.map(({ flag }) => flag).filter((flag) => !elsewhere.includes(flag));
    expect(options.filter((flag) => !inputs.includes(flag))).toEqual([]);
    const used = entries(valueAt(STEP, ["env"])).map(([, expression]) => String(expression));
    const unused = inputs.filter((name) => !used.some((expression) => expression.includes(`inputs.${name} `)));
    expect(unused).toEqual(["working-directory"]);
  });

  it("has no input in the text of its script, where it would be run", () => {
    expect(SCRIPT).not.toContain("${{");
  });

  it("with nothing said checks the folder, and annotates", async () => {
    workspace.write("web.yaml", BAD);
    const { code, output, calls } = await act({});
    expect(calls).toEqual([["--yes", "fairlead@latest", "check", "--format=github", "--", "."]]);
    expect(code).toBe(1);
    expect(output).toContain("::error file=web.yaml,line=4");
    expect(workspace.read("output")).toBe("exit-code=1\n");
  });

  it("hands every input on", async () => {
    workspace.write("a/web.yaml", GOOD);
    workspace.write("b c.yaml", GOOD);
    workspace.write("before.yaml", GOOD);
    workspace.write("settings.yaml", "failOn: error\n");
    workspace.write("known.json", '{"version":1,"findings":[]}');
    const { code, output, calls } = await act({
      paths: "a/\n  *.yml",
      config: "settings.yaml",
      exclude: "b c.yaml\n*.txt",
      policy: "baseline",
      "kubernetes-version": "1.35",
      "cluster-profile": "ipv4",
      "service-cidr": "10.0.0.0/16\nfd00::/112\n",
      "node-port-range": "30000-31000",
      namespace: "shop",
      "field-validation": "warn",
      "dry-run": "true",
      "assume-service": "true",
      against: "before.yaml",
      baseline: "known.json",
      "fail-on": "warning",
      "fail-if-empty": "true",
      annotations: "false",
      sarif: "out/report.sarif",
      json: "report.json",
      junit: "report.xml",
      html: "report page.html",
      workers: "0",
      args: "--no-progress\n--exclude=x y",
      version: "0.1.0",
    });
    expect(calls).toEqual([
      [
        ...["--yes", "fairlead@0.1.0", "check", "--config=settings.yaml", "--exclude=b c.yaml", "--exclude=*.txt"],
        ...["--policy=baseline", "--kubernetes-version=1.35", "--cluster-profile=ipv4", "--service-cidr=10.0.0.0/16"],
        ...["--service-cidr=fd00::/112", "--node-port-range=30000-31000", "--namespace=shop"],
        ...["--field-validation=warn", "--dry-run", "--assume-service", "--against=before.yaml"],
        ...["--baseline=known.json", "--fail-on=warning", "--fail-if-empty", "--workers=0", "--format=text"],
        ...["--format=sarif=out/report.sarif", "--format=json=report.json", "--format=junit=report.xml"],
        ...["--format=html=report page.html", "--no-progress", "--exclude=x y", "--", "a/", "*.yml"],
      ],
    ]);
    expect(output).toContain("no file matches this pattern");
    expect(code).toBe(2);
    expect(workspace.read("out/report.sarif")).toContain('"2.1.0"');
    expect(workspace.read("report page.html")).toContain("<!doctype html>");
  });

  it.each([
    { name: "a command in a substitution", text: "$(touch pwned)" },
    { name: "a command in back quotes", text: "`touch pwned`" },
    { name: "a quote and a command", text: `"; touch pwned; "` },
    { name: "an option of npx", text: "--call=touch pwned" },
  ])("runs nothing of $name", async ({ text }) => {
    const { calls } = await act({
      paths: text,
      policy: text,
      args: text,
      against: text,
      html: text,
      version: "latest",
    });
    expect(existsSync(join(workspace.folder, "pwned"))).toBe(false);
    expect(calls[0]?.slice(0, 3)).toEqual(["--yes", "fairlead@latest", "check"]);
    expect(calls[0]).toContain(`--policy=${text}`);
  });

  it.each([
    { name: "clean", text: GOOD, inputs: {}, code: 0 },
    { name: "nothing to check", text: "a: 1\n", inputs: { "fail-if-empty": "true" }, code: 3 },
    { name: "no YAML", text: "a: [\n", inputs: {}, code: 2 },
  ])("ends as the check does: $name", async ({ text, inputs, code }) => {
    workspace.write("web.yaml", text);
    const ran = await act(inputs);
    expect([ran.code, workspace.read("output")]).toEqual([code, `exit-code=${code}\n`]);
  });
});
