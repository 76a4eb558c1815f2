import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { valueAt } from "#src/field/json.ts";
import { Checkout, WITH_EXTERNAL_IP } from "../checkout.ts";
import { fairlead } from "../run-cli.ts";

let checkout: Checkout;
beforeEach(() => {
  checkout = new Checkout();
});
afterEach(() => {
  checkout.remove();
});

describe("--require-policy applies whatever the configuration says", () => {
  it.each([
    { name: "excludes files", config: `exclude: ["**"]` },
    { name: "has a baseline of all findings", config: "baseline: known.json" },
    { name: "sets another namespace", config: "namespace: kube-system" },
    { name: "names no policy", config: "policy: []" },
    { name: "has the Service as previous state", config: "against: web.yaml" },
    {
      name: "makes the check less strict",
      config: "fieldValidation: ignore\nserverDryRun: true\nkubernetesVersion: '1.31'",
    },
    { name: "names the root folder", config: "policy: [/]" },
  ])("if it $name", async ({ config }) => {
    checkout.write("web.yaml", WITH_EXTERNAL_IP);
    await checkout.check("--no-config", "--policy", "baseline", "--write-baseline", "known.json", "web.yaml");
    checkout.write(".fairlead.yaml", `${config}\n`);
    const { code, stdout, stderr } = await checkout.check("--require-policy", "baseline", "web.yaml");
    expect([code, stdout + stderr]).toEqual([
      config.includes("[/]") ? 2 : 1,
      expect.stringMatching(/not used|policy: /),
    ]);
  });

  it("except settings of the reports", async () => {
    checkout.write("web.yaml", WITH_EXTERNAL_IP);
    checkout.write(".fairlead.yaml", "format: [github]\nexclude: [b.yaml]\n");
    const { stdout } = await checkout.check("--require-policy", "baseline", "web.yaml");
    expect(stdout).toMatch(/^::error .*policy\/external/m);
    expect(stdout).toContain(`.fairlead.yaml asks for exclude: ["b.yaml"]; not used beside --require-policy`);
    expect(stdout).not.toContain("asks for format");
  });

  it.each([
    { name: "a policy that is not there", args: ["--require-policy", "nothing.yaml", "web.yaml"], code: 2 },
    { name: "nothing to apply it to", args: ["--require-policy", "baseline", "pod.yaml"], code: 3 },
    {
      name: "one that is named twice",
      args: ["--require-policy", "baseline", "--policy", "baseline", "web.yaml"],
      code: 1,
    },
  ])("ends in $code: $name", async ({ args, code }) => {
    checkout.write("web.yaml", WITH_EXTERNAL_IP);
    checkout.write("pod.yaml", "apiVersion: v1\nkind: Pod\nmetadata: { name: p }\n");
    expect((await checkout.check("--no-config", ...args)).code).toBe(code);
  });
});

describe("--config git:REF reads the settings, and the files that they name, from the commit", () => {
  beforeEach(() => {
    checkout.write("deploy/web.yaml", WITH_EXTERNAL_IP);
    checkout.write("conf/policies/team.yaml", readFileSync("policies/baseline.yaml", "utf8"));
    checkout.write("conf/known.json", '{"version":1,"findings":[]}');
    checkout.write("conf/namespaces.yaml", "apiVersion: v1\nkind: Namespace\nmetadata: { name: shop }\n");
    checkout.write("conf/profile.yaml", "serviceCIDRs: [10.0.0.0/16]\n");
    const paths =
      "policy: [policies]\nbaseline: known.json\nnamespaces: [namespaces.yaml]\nclusterProfile: profile.yaml\n";
    checkout.write("conf/.fairlead.yaml", `${paths}exclude: [left/**]\n`);
    checkout.write(".fairlead.yaml", "policy: [conf/policies]\n");
    checkout.commitAll();
    // The changes of a malicious pull request.
    checkout.write("conf/policies/team.yaml", "apiVersion: nonsense\n");
    checkout.write("conf/known.json", "nonsense");
    checkout.write("conf/namespaces.yaml", "nonsense");
    checkout.write("conf/profile.yaml", "nonsense");
    checkout.write(".fairlead.yaml", `exclude: ["**"]\nfailOn: error\n`);
  });

  const OF_FILE = "git:main:conf/profile.yaml";

  it.each([
    { name: "a file", config: "git:main:conf/.fairlead.yaml", cwd: ".", cluster: OF_FILE },
    { name: "a file, from a folder below", config: "git:main:conf/.fairlead.yaml", cwd: "deploy", cluster: OF_FILE },
    { name: "the nearest one", config: "git:HEAD", cwd: ".", cluster: "unknown" },
    { name: "the nearest one of a folder below", config: "git:main", cwd: "deploy", cluster: "unknown" },
    { name: "the nearest one of the folder", config: "git:main", cwd: "conf", cluster: OF_FILE },
  ])("$name", async ({ config, cwd, cluster }) => {
    const path = cwd === "." ? "deploy" : "../deploy";
    const ran = await fairlead(["check", "--format", "json", "--config", config, path], {
      cwd: join(checkout.folder, cwd),
    });
    const report: unknown = JSON.parse(ran.stdout);
    expect([ran.code, valueAt(report, ["target", "cluster"])]).toEqual([1, cluster]);
    expect(ran.stdout).toContain('"rule":"policy/');
    // In this folder the checkout's own configuration has not been changed.
    const own = cwd === "conf" ? /^undefined$/ : /own .*asks for .*not used: git:/;
    expect(String(valueAt(report, ["summary", "leftOut", 0]))).toMatch(own);
  });

  it("has no note where the checkout has the same settings", async () => {
    checkout.git("checkout", "-q", "--", ".fairlead.yaml");
    const { stdout } = await checkout.check("--config", "git:main", "deploy");
    expect(stdout).not.toContain("not used");
  });

  it("has no note where only the order of the settings differs", async () => {
    const lines = readFileSync(join(checkout.folder, "conf/.fairlead.yaml"), "utf8").trimEnd().split("\n");
    checkout.write("conf/.fairlead.yaml", `${lines.toReversed().join("\n")}\n`);
    const { stdout } = await fairlead(["check", "--config", "git:main", "../deploy"], {
      cwd: join(checkout.folder, "conf"),
    });
    expect(stdout).toContain("policy/");
    expect(stdout).not.toContain("not used");
  });

  it("also where the checkout has deleted its configuration, and where the commit has none", async () => {
    rmSync(join(checkout.folder, ".fairlead.yaml"));
    expect((await checkout.check("--config", "git:main", "deploy")).code).toBe(1);
    checkout.git("rm", "-q", "--cached", ".fairlead.yaml");
    checkout.git("commit", "-qm", "none");
    expect((await checkout.check("--config", "git:main", "deploy")).code).toBe(0);
  });

  it.each([
    {
      name: "an unknown commit",
      config: "git:nowhere",
      say: "--config git:nowhere: no commit, branch or tag here has this name",
    },
    { name: "no commit", config: "git:", say: "needs a commit" },
    { name: "an option", config: "git:--output=pwned:x", say: "needs a commit" },
    { name: "a file that is not there", config: "git:main:none.yaml", say: "holds no such file" },
    { name: "a folder", config: "git:main:conf", say: "holds no such file" },
  ])("refuses $name", async ({ config, say }) => {
    const { code, stderr } = await checkout.check("--config", config, "deploy");
    expect([code, stderr]).toEqual([2, expect.stringContaining(say)]);
    expect(existsSync(join(checkout.folder, "pwned"))).toBe(false);
  });

  it("options read single files from a commit: policies, a baseline, the previous state", async () => {
    const args = [
      "--no-config",
      "--require-policy",
      "git:main:conf/policies",
      "--baseline",
      "git:main:conf/known.json",
    ];
    expect((await checkout.check(...args, "deploy")).code).toBe(1);
    const { code, stderr } = await checkout.check("--no-config", "--against", "git:main:deploy", "deploy");
    expect([code, stderr]).toEqual([0, ""]);
  });
});
