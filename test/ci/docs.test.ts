import { execFileSync } from "node:child_process";
import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { parse } from "yaml";
import { tools } from "#scripts/tools.ts";
import { CHECK_OPTIONS } from "#src/check/settings/options.ts";
import { optionKey } from "#src/examine/settings/options.ts";
import { isObject, valueAt } from "#src/field/json.ts";
import { GOOD, Workspace } from "./workspace.ts";
import { ROOT } from "../paths.ts";

const DOCS = readFileSync(join(ROOT, "docs/ci.md"), "utf8");

const REPORT = readFileSync(join(ROOT, "docs/report.md"), "utf8");
const INSTALL = readFileSync(join(ROOT, "docs/install.md"), "utf8");

/** The text of every code block in the language. */
function blocks(language: string, page = DOCS): string[] {
  return [...page.matchAll(/^```(.*)\n([^]*?)^```$/gm)].flatMap(([, info, text]) =>
    info === language && text !== undefined ? [text] : [],
  );
}

const COMMANDS = blocks("").flatMap((text) => text.trimEnd().split("\n"));

let workspace: Workspace;
beforeAll(async () => {
  workspace = new Workspace();
  const { helm, kubectl } = await tools();
  workspace.program("helm", `#!/bin/sh\nexec "${helm}" "$@"`);
  workspace.program("kubectl", `#!/bin/sh\nexec "${kubectl}" "$@"`);
  workspace.program("kubectl-fairlead", `#!/bin/sh\nexec fairlead "$@"`);
  workspace.write("manifests/web.yaml", GOOD);
  workspace.write(
    "policies/team.yaml",
    readFileSync(join(ROOT, "policies/baseline.yaml"), "utf8").replace("name: baseline", "name: team"),
  );
  for (const folder of ["chart", "charts/shop"]) {
    cpSync(join(ROOT, "examples/sources/charts/shop"), join(workspace.folder, folder), { recursive: true });
  }
  workspace.write("prod.yaml", "{}\n");
  cpSync(join(ROOT, "examples/sources/kustomize/base"), join(workspace.folder, "base"), { recursive: true });
  workspace.write("overlays/staging/kustomization.yaml", "resources: [../../base]\n");
  const git = (...args: string[]): void => {
    const identity = ["-c", "user.name=t", "-c", "user.email=t@example.com"];
    execFileSync("git", [...identity, ...args], { cwd: workspace.folder, stdio: "ignore" });
  };
  git("init", "-q");
  git("add", "manifests");
  git("commit", "-qm", "before");
  git("update-ref", "refs/remotes/origin/main", "HEAD");
});
afterAll(() => {
  workspace.remove();
});

describe("docs/ci.md", () => {
  it("has commands for npx, helm, kubectl and shells", () => {
    for (const word of ["npx", "helm", "kubectl fairlead", "completion"]) {
      expect(COMMANDS.some((line) => line.includes(word))).toBe(true);
    }
  });

  it.each(COMMANDS.filter((line) => !/fish|fairlead profile/.test(line)))("%s", async (line) => {
    const { code, output } = await workspace.run(line);
    expect([code, output]).toEqual([0, expect.not.stringContaining("unusable")]);
  });

  it("names no input of the action that there is none of", () => {
    const action: unknown = parse(readFileSync(join(ROOT, "action.yml"), "utf8"));
    const inputs = valueAt(action, ["inputs"]);
    const used = [...blocks("yaml"), ...blocks("yaml", INSTALL)].flatMap((text) => stepsOf(parse(text)));
    expect(used.length).toBeGreaterThan(3);
    expect(used.filter((name) => !isObject(inputs) || !Object.hasOwn(inputs, name))).toEqual([]);
  });

  it("shows settings that the command takes", async () => {
    const settings = blocks("yaml").find((text) => text.startsWith("kubernetesVersion"));
    workspace.write(".fairlead.yaml", settings ?? "");
    const { code } = await workspace.run("fairlead check manifests/");
    expect(code).toBe(0);
    const keys = CHECK_OPTIONS.map(({ flag }) => optionKey(flag));
    expect(namesIn(parse(settings ?? "")).filter((key) => !keys.includes(key))).toEqual([]);
  });
});

describe("docs/report.md", () => {
  // Not every machine has jq.
  const commands = blocks("sh", REPORT).filter((text) => !text.includes("jq"));

  it.each([...commands, ...[...REPORT.matchAll(/npx fairlead check .*$/gm)].map(([line]) => line)])(
    "%s",
    async (line) => {
      workspace.write("deploy/web.yaml", GOOD);
      const { code, output } = await workspace.run(line);
      expect([code, output]).toEqual([0, expect.stringMatching(/^no findings in 1 Service/m)]);
    },
  );
});

describe("docs/install.md", () => {
  it("names this version everywhere", () => {
    const version = String(valueAt(JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")), ["version"]));
    const named = [...INSTALL.matchAll(/\b0\.\d+\.\d+\b/g)].map(([found]) => found);
    expect(named.length).toBeGreaterThan(5);
    expect(new Set(named)).toEqual(new Set([version]));
  });

  it("is named by each page with commands that need a release", () => {
    for (const page of ["README.md", "docs/ci.md", "docs/report.md", "charts/fairlead/README.md"]) {
      expect([page, readFileSync(join(ROOT, page), "utf8")]).toEqual([
        page,
        expect.stringMatching(/(?:no release|nothing is published) yet[^]*install\.md/i),
      ]);
    }
  });
});

function namesIn(value: unknown): string[] {
  return isObject(value) ? Object.keys(value) : [];
}

/** Names of inputs in the steps that use the action. */
function stepsOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(stepsOf);
  if (!isObject(value)) return [];
  const own = /^(fairlead\/fairlead@|\.\/\.fairlead$)/.test(String(value["uses"])) ? namesIn(value["with"]) : [];
  return [...own, ...Object.values(value).flatMap(stepsOf)];
}
