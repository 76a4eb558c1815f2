import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { parse } from "yaml";
import { CHECK_OPTIONS } from "#src/check/settings/options.ts";
import type { CheckOption } from "#src/examine/settings/options.ts";
import { isObject, valueAt } from "#src/field/json.ts";
import { BAD, GOOD, type ScriptRun, Workspace } from "./workspace.ts";
import { ROOT } from "../paths.ts";

const ACTION: unknown = parse(readFileSync(join(ROOT, "action.yml"), "utf8"));
const STEP = valueAt(ACTION, ["runs", "steps", 0]);
const MANIFEST: unknown = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
const RELEASE = String(valueAt(MANIFEST, ["version"]));
const NODE = String(valueAt(MANIFEST, ["devDependencies", "node"]));
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
  const command = 'cd -- "$1" && shift && exec "$@"';
  NPX = [
    "--yes",
    `--package=fairlead@${RELEASE}`,
    "--",
    "bash",
    "-c",
    command,
    "fairlead",
    workspace.folder,
    "fairlead",
  ];
});

/** The option that writes the text for the job's summary, outside of the checkout. */
const SUMMARY: unknown = expect.stringMatching(/^--format=text=\/.*\/summary$/);

function entries(value: unknown): [string, unknown][] {
  return isObject(value) ? Object.entries(value) : [];
}

/**
 * Runs the action's script as GitHub would with these inputs: each variable is what its input says.
 * @param action where the runner has put the action: as released, unless said
 */
function act(inputs: Readonly<Record<string, string>>, action = join(workspace.folder, ".action")): Promise<ScriptRun> {
  workspace.write(".action/package.json", JSON.stringify({ version: RELEASE, type: "module" }));
  const environment: Record<string, string> = {
    GITHUB_OUTPUT: join(workspace.folder, "output"),
    GITHUB_STEP_SUMMARY: join(workspace.folder, ".summary"),
  };
  for (const [variable, expression] of entries(valueAt(STEP, ["env"]))) {
    const input = /^\$\{\{ inputs\.([a-z-]+) \}\}$/.exec(String(expression))?.[1] ?? "";
    const value = inputs[input] ?? valueAt(ACTION, ["inputs", input, "default"]);
    environment[variable] = typeof value === "string" ? value : `no default: ${input}`;
  }
  // Of the event, and of the runner, not of an input.
  environment["ACTION_PATH"] = action;
  for (const name of ["BASE_SHA", "NODE_OPTIONS"]) environment[name] = inputs[name] ?? "";
  return workspace.run(SCRIPT, environment);
}

describe("the GitHub action", () => {
  it("has an input for every option, and uses each input", () => {
    const inputs = entries(valueAt(ACTION, ["inputs"])).map(([name]) => name);
    expect(CHECK_OPTIONS.map(({ flag }) => flag).filter((flag) => !inputs.includes(flag))).toEqual([]);
    const variables = entries(valueAt(STEP, ["env"]));
    const unused = inputs.filter((name) => {
      const [variable] = variables.find(([, expression]) => expression === `\${{ inputs.${name} }}`) ?? [];
      return variable === undefined || !SCRIPT.includes(`$${variable}`);
    });
    expect(unused).toEqual([]);
  });

  it.each<CheckOption>(CHECK_OPTIONS.filter(({ flag }) => flag !== "config"))(
    "hands on --$flag, as often as it may be given",
    async ({ flag, value, isList }) => {
      const given = value === undefined ? "true" : "a b\nc";
      const { calls } = await act({ [flag]: given });
      const wanted =
        value === undefined ? [`--${flag}`] : isList ? [`--${flag}=a b`, `--${flag}=c`] : [`--${flag}=${given}`];
      expect(calls[0]?.filter((word) => wanted.includes(word))).toEqual(wanted);
    },
  );

  it.each<CheckOption>(CHECK_OPTIONS.filter(({ value }: CheckOption) => value === undefined))(
    "takes true or false for --$flag, and nothing else",
    async ({ flag }) => {
      const { calls } = await act({ [flag]: "false" });
      expect(calls[0]).not.toContain(`--${flag}`);
      const { code, output, calls: none } = await act({ [flag]: "yes" });
      expect([code, none, output]).toEqual([2, [], expect.stringContaining(`the input ${flag} must be true or false`)]);
    },
  );

  it("uses no other action, and so changes nothing for the steps after it", () => {
    const steps = valueAt(ACTION, ["runs", "steps"]);
    expect(steps).toHaveLength(1);
    expect(JSON.stringify(steps)).not.toMatch(/"uses"|GITHUB_(PATH|ENV)/);
  });

  it("has no input in the text of its script, where it would be run", () => {
    expect(SCRIPT).not.toContain("${{");
  });

  it("with nothing said checks the folder, and annotates", async () => {
    workspace.write("web.yaml", BAD);
    const { code, output, calls } = await act({});
    expect(calls).toEqual([[...NPX, "check", "--format=github", SUMMARY, "--", "."]]);
    expect(code).toBe(1);
    expect(output).toContain("::error file=web.yaml,line=4");
    expect(workspace.read("output")).toBe("exit-code=1\n");
  });

  it("hands on the inputs that are no options: reports, paths with blanks and further options", async () => {
    workspace.write("a b/web.yaml", GOOD);
    workspace.write("*.none", GOOD);
    const { code, output, calls } = await act({
      paths: "a b/\n\n*.yml\n",
      annotations: "false",
      sarif: "out/report.sarif",
      json: "report.json",
      junit: "report.xml",
      html: "report page.html",
      args: "--no-progress\n--exclude=x y",
    });
    const reports = ["sarif=out/report.sarif", "json=report.json", "junit=report.xml", "html=report page.html"];
    expect(calls).toEqual([
      [
        ...[...NPX, "check", "--format=text", ...reports.map((report) => `--format=${report}`), SUMMARY],
        ...["--no-progress", "--exclude=x y", "--", "a b/", "*.yml"],
      ],
    ]);
    expect([code, output]).toEqual([2, expect.stringContaining("no file matches this pattern")]);
    expect(workspace.read("out/report.sarif")).toContain('"2.1.0"');
    expect(workspace.read("report page.html")).toContain("<!doctype html>");
  });

  it.each([
    { name: "clean", text: GOOD, inputs: {}, title: "passed", says: "    no findings in 1 Service of 1 file" },
    { name: "findings", text: BAD, inputs: {}, title: "findings", says: "      error  port is 0" },
    {
      name: "unusable",
      text: GOOD,
      inputs: { workers: "x" },
      title: "not everything",
      says: "The log of the job says why.",
    },
  ])("writes the summary of the job: $name", async ({ text, inputs, title, says }) => {
    workspace.write("web.yaml", text);
    await act(inputs);
    const [heading, ...lines] = workspace.read(".summary").split("\n");
    expect(heading).toContain(`### Fairlead: ${title}`);
    expect(lines.some((line) => line.startsWith(says))).toBe(true);
  });

  it("writes a summary in which nothing of a manifest is Markdown, and none if it is not wanted", async () => {
    workspace.write("web.yaml", BAD.replace("port: 0", 'name: "```\\n![x](http://example.com/x.png)"'));
    await act({});
    const [, ...lines] = workspace.read(".summary").split("\n");
    expect(lines.join("\n")).toContain("example.com");
    expect(lines.filter((line) => line !== "" && !line.startsWith("    "))).toEqual([]);
    workspace.write(".summary", "");
    await act({ summary: "false" });
    expect(workspace.read(".summary")).toBe("");
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
    { name: "no YAML", text: "apiVersion: v1\nkind: Service\na: [\n", inputs: {}, code: 2 },
  ])("ends as the check does: $name", async ({ text, inputs, code }) => {
    workspace.write("web.yaml", text);
    const ran = await act(inputs);
    expect([ran.code, workspace.read("output")]).toEqual([code, `exit-code=${code}\n`]);
  });

  it("takes the version of its own ref unless told otherwise", async () => {
    workspace.write("web.yaml", GOOD);
    workspace.write(".other/package.json", JSON.stringify({ version: "0.7.1-rc.1" }));
    const own = await act({}, join(workspace.folder, ".other"));
    expect(own.calls[0]?.[1]).toBe("--package=fairlead@0.7.1-rc.1");
    const other = await act({ version: "0.3.0" });
    expect(other.calls[0]?.[1]).toBe("--package=fairlead@0.3.0");
  });

  it.each(["latest", "1", "0.1", "^0.1.0", "0.1.0 --call=x", "file:.", "0.1.0\n--x"])(
    "takes only an exact version: %j",
    async (version) => {
      const { code, output, calls } = await act({ version });
      expect([code, calls, output]).toEqual([2, [], expect.stringContaining("version must be an exact one")]);
    },
  );

  it("runs a clone that has been built as it is, and fetches nothing", async () => {
    workspace.write("web.yaml", BAD);
    const { code, output, calls } = await act({}, ROOT);
    expect([code, calls, output]).toEqual([1, [], expect.stringContaining("::error file=web.yaml,line=4")]);
    expect(workspace.read(".summary")).toContain("### Fairlead: findings");
  });

  it("brings a Node of its own only if that of the job is too old", async () => {
    workspace.write("web.yaml", GOOD);
    workspace.program("node", `#!/bin/sh\ncase $1 in -e) exit 1 ;; esac\nexec "${process.execPath}" "$@"`);
    const { code, calls } = await act({});
    expect(code).toBe(0);
    expect(calls[0]?.slice(0, 4)).toEqual(["--yes", `--package=fairlead@${RELEASE}`, `--package=node@${NODE}`, "--"]);
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
