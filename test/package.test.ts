import { execFileSync, spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, extname, join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { COMING_FROM } from "#src/policy/files/coming-from.ts";
import { BUILT_IN_SETS } from "#src/policy/files/built-in-sets.ts";
import { isObject, valueAt } from "#src/field/json.ts";
import { tools } from "../scripts/tools.ts";
import { killAfterTest } from "./cleanup.ts";
import { TEST_TIMEOUT } from "./patience.ts";
import { ROOT } from "./paths.ts";

let home: string;
let tarball: string;
let project: string;
let installed: string;

/** The package as npm installs it from its tarball into an empty project: with an empty cache, and no registry to ask. */
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), "fairlead-package-"));
  const printed = execFileSync("npm", ["run", "package", "--", "--out", home], { cwd: ROOT, encoding: "utf8" });
  tarball = printed.trimEnd().split("\n").at(-1) ?? "";
  project = join(home, "project");
  installed = join(project, "node_modules", "fairlead");
  mkdirSync(project);
  writeFileSync(join(project, "package.json"), "{}");
  npm("install", "--no-audit", "--no-fund", tarball);
}, 3 * TEST_TIMEOUT);
afterAll(() => {
  rmSync(home, { recursive: true });
});

function npm(...args: readonly string[]): string {
  return execFileSync("npm", args, { cwd: project, encoding: "utf8", env: environment() });
}

/** Of somebody who has never used npm, and has no network. */
function environment(): NodeJS.ProcessEnv {
  return { ...process.env, npm_config_cache: join(home, "cache"), npm_config_offline: "true" };
}

function node(...args: readonly string[]): string {
  return execFileSync(process.execPath, args, { cwd: project, encoding: "utf8" });
}

function manifest(): unknown {
  return JSON.parse(readFileSync(join(installed, "package.json"), "utf8"));
}

describe("what npm installs", () => {
  it("is this one package, which asks for no other and runs nothing", () => {
    expect(readdirSync(join(project, "node_modules")).filter((name) => !name.startsWith("."))).toEqual(["fairlead"]);
    const content = manifest();
    const forbidden = /dependenc|scripts|private|imports|overrides/i;
    expect(Object.keys(isObject(content) ? content : {}).filter((key) => forbidden.test(key))).toEqual([]);
    expect(content).toMatchObject({ name: "fairlead", license: "Apache-2.0", type: "module" });
    expect(valueAt(content, ["repository", "url"])).toMatch(/^git\+https:/);
  });

  it("is a few megabytes at most", () => {
    expect(statSync(tarball).size).toBeLessThan(4e6);
  });

  it("has what the command needs, the licences, and no files of the repository's own", () => {
    const files = ["CHANGELOG.md", "LICENSE", "README.md", "dist", "package.json", "policies", "schemas"];
    expect(readdirSync(installed).toSorted()).toEqual(files);
    const policies = readdirSync(join(installed, "policies"), { recursive: true, encoding: "utf8" });
    expect(policies.filter((name) => extname(name) !== "").toSorted()).toEqual(
      [...BUILT_IN_SETS, ...COMING_FROM].map((name) => `${name}.yaml`).toSorted(),
    );
  });

  it("runs as a command that npx fetches, in a folder without a project", () => {
    const folder = join(home, "empty");
    mkdirSync(folder);
    writeFileSync(join(folder, "web.yaml"), SERVICE);
    const env = { ...environment(), npm_config_cache: join(home, "another-cache") };
    const args = ["--yes", "--package", tarball, "--", "fairlead", "check", "."];
    expect(execFileSync("npx", args, { cwd: folder, encoding: "utf8", env })).toBe(NO_FINDINGS);
  });

  it("serves", async () => {
    const cli = join(project, "node_modules", ".bin", "fairlead");
    const args = ["serve", "--demo", "--port", "0", "--health-port", "0", "--policy", "baseline"];
    const server = killAfterTest(spawn(cli, args, { cwd: project, stdio: ["ignore", "pipe", "inherit"] }));
    const statuses: number[] = [];
    for await (const line of createInterface(server.stdout)) {
      if (!line.includes('"msg":"ready"')) continue;
      const health = `http://127.0.0.1:${String(valueAt(JSON.parse(line), ["healthPort"]))}`;
      for (const path of ["/healthz", "/readyz"]) statuses.push((await fetch(health + path)).status);
      break;
    }
    expect(statuses).toEqual([200, 200]);
  });
});

const SERVICE = "apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec: { ports: [{ port: 80 }] }\n";
const NO_FINDINGS = "no findings in 1 Service of 1 file\n";

describe("the installed package", () => {
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

  it("is the command that npx runs in the project, and a plugin of the real kubectl", async () => {
    const bin = join(project, "node_modules", ".bin");
    writeFileSync(join(project, "plugin.yaml"), SERVICE);
    const { kubectl } = await tools();
    const env = { ...process.env, PATH: [bin, process.env["PATH"] ?? ""].join(delimiter) };
    const options = { cwd: project, encoding: "utf8", env } as const;
    expect(execFileSync("npx", ["--no-install", "fairlead", "check", "plugin.yaml"], options)).toBe(NO_FINDINGS);
    expect(execFileSync(kubectl, ["fairlead", "check", "plugin.yaml"], options)).toBe(NO_FINDINGS);
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

  it.each([
    { name: "an ES module", file: "use.mts" },
    { name: "a CommonJS module", file: "use.cts" },
  ])("has complete types for $name, with nothing else installed and every declaration checked", ({ file }) => {
    writeFileSync(
      join(project, file),
      `import { check, type CheckResult, describe, type FeatureGates, type Finding, judge, type Judgement, type Service } from "fairlead";
       const gates: FeatureGates = { StrictIPCIDRValidation: false };
       // @ts-expect-error -- there is no such gate
       const unknown: FeatureGates = { GracefulNodeShutdown: false };
       const result: Promise<CheckResult> = check(["x"], { fieldValidation: "strict" });
       // @ts-expect-error -- a judgement needs a request
       const judgement: Judgement = judge();
       const port: number | undefined = judgement.admitted?.spec?.ports?.[0]?.port;
       const causes: readonly string[] = judgement.causes.map((cause: Finding) => describe(cause).field);
       const name = (service: Service): string | undefined => service.metadata?.name;
       export { causes, judgement, name, port, result };`,
    );
    const compilerOptions = {
      ...{ strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, skipLibCheck: false },
      ...{ noEmit: true, module: "nodenext", target: "es2022", lib: ["es2022"], types: [] },
    };
    writeFileSync(join(project, "tsconfig.json"), JSON.stringify({ compilerOptions, files: [file] }));
    const tsc = [join(ROOT, "node_modules", "typescript", "bin", "tsc"), "--project", "."];
    expect(spawnSync(process.execPath, tsc, { cwd: project, encoding: "utf8" }).stdout).toBe("");
  });

  it("can be required by a CommonJS module", () => {
    writeFileSync(join(project, "use.cjs"), `console.log(typeof require("fairlead").judge);`);
    expect(node("use.cjs")).toBe("function\n");
  });
});
