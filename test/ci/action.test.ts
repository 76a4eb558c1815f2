import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { parse } from "yaml";
import { CHECK_OPTIONS } from "#src/check/settings/options.ts";
import { isObject, valueAt } from "#src/field/json.ts";
import { BAD, GOOD, type ScriptRun, Workspace } from "./workspace.ts";
import { ROOT } from "../paths.ts";

const ACTION: unknown = parse(readFileSync(join(ROOT, "action.yml"), "utf8"));
const STEP = valueAt(ACTION, ["runs", "steps", 1]);
const RELEASE = String(valueAt(JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")), ["version"]));
const SCRIPT = String(valueAt(STEP, ["run"]));

let workspace: Workspace;
beforeEach(() => {
  workspace = new Workspace();
});
afterEach(() => {
  workspace.remove();
});

/** How npx is called in this folder: the package exactly, and the command in the checkout. */
let NPX: readonly string[];
beforeEach(() => {
  const command = 'cd -- "$1" && shift && exec fairlead "$@"';
  NPX = ["--yes", `--package=fairlead@${RELEASE}`, "--", "bash", "-c", command, "fairlead", workspace.folder];
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
  // Of the event, and of the runner, not of an input.
  for (const name of ["BASE_SHA", "NODE_OPTIONS"]) environment[name] = inputs[name] ?? "";
  return workspace.run(SCRIPT, environment);
}

describe("the GitHub action", () => {
  it("has an input for every option that a job may want", () => {
    const inputs = entries(valueAt(ACTION, ["inputs"])).map(([name]) => name);
    // Reports have an input each; what is shown, fixed or written as a baseline is for a person at a terminal.
    // No settings are an input's word, too: config: none.
    const elsewhere = ["no-config", "format", "write-baseline", "show", "fix", "no-progress"];
    const options = CHECK_OPTIONS.map(({ flag }) => flag).filter((flag) => !elsewhere.includes(flag));
    expect(options.filter((flag) => !inputs.includes(flag))).toEqual([]);
    const used = entries(valueAt(STEP, ["env"])).map(([, expression]) => String(expression));
    const unused = inputs.filter((name) => !used.some((expression) => expression.includes(`inputs.${name} `)));
    expect(unused).toEqual([]);
  });

  it("has no input in the text of its script, where it would be run", () => {
    expect(SCRIPT).not.toContain("${{");
  });

  it("with nothing said checks the folder, and annotates", async () => {
    workspace.write("web.yaml", BAD);
    const { code, output, calls } = await act({});
    expect(calls).toEqual([[...NPX, "check", "--format=github", "--", "."]]);
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
      "require-policy": "advice\n",
      "kubernetes-version": "1.35",
      "cluster-profile": "ipv4",
      "service-cidr": "10.0.0.0/16\nfd00::/112\n",
      "node-port-range": "30000-31000",
      namespace: "shop",
      "field-validation": "warn",
      "server-dry-run": "true",
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
        ...[...NPX, "check", "--config=settings.yaml", "--exclude=b c.yaml", "--exclude=*.txt"],
        ...[
          "--policy=baseline",
          "--require-policy=advice",
          "--kubernetes-version=1.35",
          "--cluster-profile=ipv4",
          "--service-cidr=10.0.0.0/16",
        ],
        ...["--service-cidr=fd00::/112", "--node-port-range=30000-31000", "--namespace=shop"],
        ...["--field-validation=warn", "--server-dry-run", "--assume-service", "--against=before.yaml"],
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
    });
    expect(existsSync(join(workspace.folder, "pwned"))).toBe(false);
    expect(calls[0]?.slice(0, NPX.length + 1)).toEqual([...NPX, "check"]);
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

  it("takes the version of this release unless told otherwise, and only an exact one", async () => {
    expect(valueAt(ACTION, ["inputs", "version", "default"])).toBe(RELEASE);
    for (const version of ["latest", "1", "0.1", "^0.1.0", "0.1.0 --call=x", "file:.", "0.1.0\n--x", ""]) {
      const { code, output, calls } = await act({ version });
      expect([version, code, calls]).toEqual([version, 2, []]);
      expect(output).toContain("version must be an exact one");
    }
  });

  it("runs npx where nothing of the checkout is, and with no options for Node", async () => {
    workspace.write("web.yaml", GOOD);
    workspace.write(".npmrc", "registry=http://127.0.0.1:9/\n");
    workspace.program("../node_modules/.bin/fairlead", "#!/bin/sh\ntouch pwned\n");
    const { code } = await act({ NODE_OPTIONS: "--require ./evil.js" });
    expect(code).toBe(0);
    const [place = "", options] = workspace.read(".places").split("\n");
    expect([place.startsWith(workspace.folder), options]).toEqual([false, "NODE_OPTIONS="]);
    expect(existsSync(join(workspace.folder, "pwned"))).toBe(false);
    expect(existsSync(place)).toBe(false);
  });

  it("takes a pull request's settings from the commit that it is to be merged into, and tells its own", async () => {
    workspace.write("web.yaml", BAD);
    workspace.write(".fairlead.yaml", "failOn: warning\n");
    const base = workspace.commit(".fairlead.yaml");
    workspace.write(".fairlead.yaml", 'exclude: ["**"]\n');
    const { code, output, calls } = await act({ BASE_SHA: base });
    expect(calls[0]).toContain(`--config=git:${base}`);
    expect(code).toBe(1);
    expect(output).toMatch(/::notice title=fairlead::.*own .*\.fairlead\.yaml asks for exclude: \["\*\*"\]; not used/);
  });

  it("goes no further where the base is not to be had", async () => {
    workspace.write("web.yaml", GOOD);
    workspace.commit("web.yaml");
    for (const base of ["1".repeat(40), "--upload-pack=touch pwned"]) {
      const { code, calls } = await act({ BASE_SHA: base });
      expect([code, calls]).toEqual([2, []]);
    }
    expect(existsSync(join(workspace.folder, "pwned"))).toBe(false);
    expect((await act({ BASE_SHA: "1".repeat(40), config: "none" })).code).toBe(0);
  });
});
