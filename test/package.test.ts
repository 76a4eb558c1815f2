import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { valueAt } from "#src/field/json.ts";
import { tools } from "../scripts/tools.ts";
import { ROOT } from "./paths.ts";

let project: string;

/** The package as npm would lay it into somebody's project: packed, unpacked, and nothing beside it. */
beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), "fairlead-package-"));
  const packed: unknown = JSON.parse(
    execFileSync("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", project], {
      cwd: ROOT,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }),
  );
  const tarball = join(project, String(valueAt(packed, [0, "filename"])));
  mkdirSync(join(project, "node_modules"), { recursive: true });
  execFileSync("tar", ["-xzf", tarball, "-C", join(project, "node_modules")]);
  execFileSync("mv", [join(project, "node_modules", "package"), join(project, "node_modules", "fairlead")]);
});
afterAll(() => {
  rmSync(project, { recursive: true });
});

function node(...args: readonly string[]): string {
  return execFileSync(process.execPath, args, { cwd: project, encoding: "utf8" });
}

describe("the packed package", () => {
  it("is a library", () => {
    writeFileSync(
      join(project, "web.yaml"),
      "apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec: { ports: [{ port: 0 }] }\n",
    );
    writeFileSync(
      join(project, "use.mjs"),
      `import { check, describe, judge, NO_POLICIES, PROFILES } from "fairlead";
       const { findings } = await check(["web.yaml"]);
       const { causes } = judge({ operation: "create", object: {}, dryRun: false, fieldValidation: "Strict", cluster: PROFILES.dual,
         version: { minor: 36 }, ipFamilyPolicy: "server", policies: NO_POLICIES, facts: { namespace: "default", today: "2027-01-31" } });
       console.log(JSON.stringify([findings.map(({ rule }) => rule), causes.map(describe).map(({ field }) => field)]));`,
    );
    expect(JSON.parse(node("use.mjs"))).toEqual([["port-range", "port-range"], ["spec.clusterIPs"]]);
  });

  it("is a command, with its ready-made policies", () => {
    const cli = join(project, "node_modules", "fairlead", "dist", "cli.js");
    expect(node(cli, "--version").trim()).toMatch(/^\d+\.\d+\.\d+$/);
    expect(node(cli, "explain", "spec.type")).toContain("ClusterIP");
    writeFileSync(
      join(project, "good.yaml"),
      "apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec: { selector: { app: web }, ports: [{ port: 80 }] }\n",
    );
    expect(node(cli, "check", "--policy", "baseline", "good.yaml")).toContain("1 Service");
  });

  it("is the command that npx runs, and a plugin of the real kubectl", async () => {
    const bin = join(project, "node_modules", ".bin");
    mkdirSync(bin, { recursive: true });
    const manifest: unknown = JSON.parse(readFileSync(join(project, "node_modules/fairlead/package.json"), "utf8"));
    // As npm links what a package calls its programs.
    for (const name of ["fairlead", "kubectl-fairlead"]) {
      symlinkSync(join("..", "fairlead", String(valueAt(manifest, ["bin", name]))), join(bin, name));
    }
    writeFileSync(join(project, "package.json"), "{}");
    writeFileSync(
      join(project, "plugin.yaml"),
      "apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec: { ports: [{ port: 80 }] }\n",
    );
    const { kubectl } = await tools();
    const env = { ...process.env, PATH: [bin, process.env["PATH"] ?? ""].join(delimiter) };
    const options = { cwd: project, encoding: "utf8", env } as const;
    const said = "no findings in 1 Service of 1 file\n";
    expect(execFileSync("npx", ["--no-install", "fairlead", "check", "plugin.yaml"], options)).toBe(said);
    expect(execFileSync(kubectl, ["fairlead", "check", "plugin.yaml"], options)).toBe(said);
  });

  it("makes reports as its documentation shows", () => {
    const [, example = ""] =
      /## As a library[^]*?```ts\n([^]*?)```/.exec(readFileSync(join(ROOT, "docs/report.md"), "utf8")) ?? [];
    mkdirSync(join(project, "deploy"));
    writeFileSync(
      join(project, "deploy/web.yaml"),
      "apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec: { ports: [{ port: 0 }] }\n",
    );
    writeFileSync(join(project, "report.mjs"), example);
    expect(valueAt(JSON.parse(node("report.mjs")), ["runs", 0, "results", 0, "ruleId"])).toBe("port-range");
  });

  it("checks and judges as its documentation shows", () => {
    const [, example = ""] =
      /## As a library[^]*?```ts\n([^]*?)```/.exec(readFileSync(join(ROOT, "docs/ci.md"), "utf8")) ?? [];
    mkdirSync(join(project, "manifests"));
    writeFileSync(
      join(project, "manifests/web.yaml"),
      "apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec: { ports: [{ port: 80 }] }\n",
    );
    writeFileSync(
      join(project, "documented.mjs"),
      `${example}\nconsole.log(JSON.stringify([findings, summary.services, judgement.causes]));`,
    );
    expect(JSON.parse(node("documented.mjs"))).toEqual([[], 1, []]);
  });

  it("has types for what it exports", () => {
    writeFileSync(
      join(project, "use.ts"),
      `import { check, type CheckResult, judge, type Judgement } from "fairlead";
       const result: Promise<CheckResult> = check(["x"], { fieldValidation: "strict" });
       // @ts-expect-error -- a judgement needs a request
       const judgement: Judgement = judge();
       export { judgement, result };`,
    );
    const tsc = join(ROOT, "node_modules", "typescript", "bin", "tsc");
    const options = ["--noEmit", "--strict", "--module", "nodenext", "--target", "es2022", "use.ts"];
    expect(node(tsc, ...options)).toBe("");
  });
});
