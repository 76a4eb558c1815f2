import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { COMING_FROM } from "#src/policy/files/coming-from.ts";
import { loadPolicies } from "#src/policy-files/index.ts";
import { problemText } from "#src/policy/files/index.ts";
import { fairlead } from "../check/run-cli.ts";
import { ROOT } from "../paths.ts";

const FOLDER = join(ROOT, "policies/coming-from");
const PAGE = readFileSync(join(ROOT, "docs/coming-from.md"), "utf8");

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "fairlead-coming-from-"));
  writeFileSync(
    join(folder, "web.yaml"),
    "apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec: { type: NodePort, ports: [{ port: 80 }] }\n",
  );
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const check = (...policies: readonly string[]) =>
  fairlead(["check", "--no-config", ...policies.flatMap((name) => ["--policy", name]), "web.yaml"], { cwd: folder });

describe("the policies that stand for those of other tools", () => {
  it("are the files of their folder", () => {
    const files = readdirSync(FOLDER, { recursive: true, encoding: "utf8" });
    const names = files.flatMap((file) => /^(.*)(?<!\.test)\.yaml$/.exec(file)?.slice(1) ?? []);
    expect(names.map((name) => `coming-from/${name}`).toSorted()).toEqual(COMING_FROM.toSorted());
  });

  it("pass their tests", async () => {
    const { code, stdout, stderr } = await fairlead(["test", FOLDER]);
    expect(stderr).toBe("");
    expect(stdout).not.toContain("FAILED");
    expect(code).toBe(0);
    for (const name of COMING_FROM) expect(stdout).toContain(`${name}.test.yaml`);
  });

  it.each(COMING_FROM)("%s can be used by its name, and is documented", async (name) => {
    const { documents, problems } = await loadPolicies([name]);
    expect(problems.map(problemText)).toEqual([]);
    expect(documents.map(({ metadata }) => metadata.name)).toEqual([name.split("/").at(-1)?.toLowerCase()]);
    expect(PAGE).toContain(`(../policies/${name}.yaml)`);
  });

  it("have names of their own, so that any of them can be used together", async () => {
    const { documents, problems } = await loadPolicies(COMING_FROM);
    expect(problems.map(problemText)).toEqual([]);
    expect(documents).toHaveLength(COMING_FROM.length);
  });

  it("are found from anywhere", async () => {
    const { code, stdout } = await check("coming-from/kyverno/restrict-node-port");
    expect(stdout).toMatch(/^ {4}by {5}policy restrict-node-port$/m);
    expect(code).toBe(1);
  });

  it("are named if a name is misspelt", async () => {
    const { code, stderr } = await check("coming-from/kyverno/restrict-nodeport");
    expect(stderr).toContain('did you mean "coming-from/kyverno/restrict-node-port"?');
    expect(code).toBe(2);
  });
});

it("docs/coming-from.md links to files that are there", () => {
  const links = [...PAGE.matchAll(/\]\(([^)#]+)/g)].map(([, link = ""]) => link);
  expect(links.filter((link) => !existsSync(join(ROOT, "docs", link)))).toEqual([]);
});
