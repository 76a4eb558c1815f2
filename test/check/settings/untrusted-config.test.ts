import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { BAD, Checkout, WITH_EXTERNAL_IP, GOOD } from "../checkout.ts";
import { fairlead } from "../run-cli.ts";

const SECRET = "s3cr3t-0f-s0meb0dy-e1se";

let checkout: Checkout;
beforeEach(() => {
  checkout = new Checkout();
  writeFileSync(join(checkout.parent, "secret"), `${SECRET}\n`);
  writeFileSync(join(checkout.parent, "secret.yaml"), `${SECRET}: { a: 1 }\n`);
});
afterEach(() => {
  checkout.remove();
});

describe("a configuration of a checkout cannot write files", () => {
  it.each([
    { name: "a list", config: `format: [github, "text=../bashrc"]` },
    { name: "one text", config: "format: json=bashrc" },
    { name: "a path that is absolute", config: "format: [html=/tmp/fairlead-nobody/bashrc]" },
    { name: "no name", config: `format: ["text="]` },
  ])("$name", async ({ config }) => {
    checkout.write("web.yaml", BAD);
    checkout.write(".fairlead.yaml", `${config}\n`);
    const { code, stderr } = await checkout.check("web.yaml");
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(/\.fairlead\.yaml:1: a configuration writes no files: .* give --format .* command line/),
    ]);
    expect(
      [join(checkout.parent, "bashrc"), join(checkout.folder, "bashrc")].filter((file) => existsSync(file)),
    ).toEqual([]);
  });

  it.each(["writeBaseline: x", "fix: true", "show: diff", "config: x", "requirePolicy: x"])(
    "and cannot set what only the command line may: %s",
    async (config) => {
      checkout.write("web.yaml", GOOD);
      checkout.write(".fairlead.yaml", `${config}\n`);
      const { code, stderr } = await checkout.check("web.yaml");
      expect([code, stderr]).toEqual([2, expect.stringContaining("is not an option of the configuration")]);
    },
  );

  it("but may set the format of standard output", async () => {
    checkout.write("web.yaml", BAD);
    checkout.write(".fairlead.yaml", "format: [github]\n");
    expect((await checkout.check("web.yaml")).stdout).toMatch(/^::error /);
  });
});

describe("a configuration of a checkout cannot read or disclose anything outside its folder", () => {
  const KEYS = ["baseline", "policy", "namespaces", "clusterProfile", "against"];
  const LOCATIONS: { name: string; value: () => string; make?: () => void }[] = [
    { name: "an absolute path", value: () => join(checkout.parent, "secret.yaml") },
    { name: "a path upwards", value: () => "../secret.yaml" },
    { name: "a path down and upwards", value: () => "below/../../secret.yaml" },
    { name: "a path in the home folder", value: () => "~/secret.yaml" },
    {
      name: "a link out of the folder",
      value: () => "link.yaml",
      make: () => {
        symlinkSync("../secret.yaml", join(checkout.folder, "link.yaml"));
      },
    },
    {
      name: "a folder with a link out of it",
      value: () => "below",
      make: () => {
        checkout.write("below/good.yaml", GOOD);
        symlinkSync("../../secret.yaml", join(checkout.folder, "below/link.yaml"));
      },
    },
    {
      name: "a folder that is a link out of it",
      value: () => "below",
      make: () => {
        symlinkSync("..", join(checkout.folder, "below"));
      },
    },
    {
      name: "a link to a folder with a link out",
      value: () => "below",
      make: () => {
        mkdirSync(join(checkout.folder, ".hidden"));
        symlinkSync("../../secret.yaml", join(checkout.folder, ".hidden/link.yaml"));
        symlinkSync(".hidden", join(checkout.folder, "below"));
      },
    },
    {
      name: "a pipe",
      value: () => "pipe.yaml",
      make: () => {
        execFileSync("mkfifo", [join(checkout.folder, "pipe.yaml")]);
      },
    },
    { name: "a path of another commit", value: () => "git:HEAD:secret.yaml" },
    { name: "an option of git", value: () => "git:--upload-pack=touch pwned" },
  ];

  it.each(KEYS.flatMap((key) => LOCATIONS.map((location) => ({ key, ...location }))))(
    "$key: $name",
    async ({ key, value, make }) => {
      checkout.write("web.yaml", GOOD);
      make?.();
      const text = JSON.stringify(value());
      checkout.write(".fairlead.yaml", `${key}: ${/policy|namespaces/.test(key) ? `[${text}]` : text}\n`);
      const { code, stdout, stderr } = await checkout.check("web.yaml");
      expect([code, stderr]).toEqual([2, expect.stringMatching(/\.fairlead\.yaml:1: /)]);
      expect(stdout + stderr).not.toContain(SECRET);
      expect(existsSync(join(checkout.folder, "pwned"))).toBe(false);
    },
  );

  it.each([
    { name: "a baseline", option: "--baseline" },
    { name: "a profile", option: "--cluster-profile" },
    { name: "namespaces", option: "--namespaces" },
  ])("a file that the command line names as $name is not quoted either", async ({ option }) => {
    checkout.write("web.yaml", GOOD);
    for (const file of ["secret", "secret.yaml"]) {
      const { code, stdout, stderr } = await checkout.check(
        "--no-config",
        option,
        join(checkout.parent, file),
        "web.yaml",
      );
      expect([code, (stdout + stderr).includes(SECRET)]).toEqual([2, false]);
    }
  });

  it("cannot itself be a link to a file elsewhere", async () => {
    checkout.write("web.yaml", GOOD);
    symlinkSync("../secret.yaml", join(checkout.folder, ".fairlead.yaml"));
    const { code, stdout, stderr } = await checkout.check("web.yaml");
    expect([code, stderr]).toEqual([2, expect.stringContaining("a link that leaves its folder")]);
    expect(stdout + stderr).not.toContain(SECRET);
  });

  it("may name paths below its folder, also through links that stay in it, wherever the command runs", async () => {
    checkout.write("a/policies/team.yaml", readFileSync("policies/baseline.yaml", "utf8"));
    checkout.write("b/.keep", "");
    checkout.write("web.yaml", WITH_EXTERNAL_IP);
    symlinkSync("a/policies", join(checkout.folder, "policies"));
    checkout.write(".fairlead.yaml", "policy: [policies]\nclusterProfile: ipv4\n");
    expect((await checkout.check("web.yaml")).code).toBe(1);
    expect((await fairlead(["check", "../web.yaml"], { cwd: join(checkout.folder, "b") })).code).toBe(1);
  });
});

describe("exclusions are reported, and do not count as clean", () => {
  it("everything is excluded", async () => {
    checkout.write("web.yaml", BAD);
    checkout.write(".fairlead.yaml", `exclude: ["**"]\n`);
    for (const args of [["web.yaml"], ["."], ["*.yaml"], ["--fail-on", "warning", "."]]) {
      const { code, stdout, stderr } = await checkout.check(...args);
      expect([code, stderr]).toEqual([3, expect.stringContaining("exclude in .fairlead.yaml leaves out all of it")]);
      expect(stdout).toContain("1 file excluded by exclude in .fairlead.yaml");
    }
    expect((await checkout.check("--exclude", "nothing", ".")).code).toBe(1);
  });

  it.each([
    { format: "text", want: /^1 file excluded by exclude in \.fairlead\.yaml$/m },
    { format: "json", want: /"leftOut":\["1 file excluded by exclude in \.fairlead\.yaml"/ },
    { format: "sarif", want: /"toolExecutionNotifications":\[\{"level":"note","message":\{"text":"1 file excluded/ },
    { format: "junit", want: /<testcase name="1 file excluded by exclude in \.fairlead\.yaml"[^>]*><skipped/ },
    { format: "github", want: /^::notice title=fairlead::1 file excluded by exclude in \.fairlead\.yaml$/m },
    { format: "gitlab", want: /"description":"1 file excluded by exclude in \.fairlead\.yaml\."/ },
    { format: "html", want: />1 file excluded by exclude in \.fairlead\.yaml</ },
  ])("in $format", async ({ format, want }) => {
    checkout.write("web.yaml", GOOD);
    checkout.write("other.yaml", BAD);
    checkout.write(".fairlead.yaml", "exclude: [other.yaml]\n");
    const { code, stdout } = await checkout.check("--format", format, ".");
    expect([code, stdout]).toEqual([0, expect.stringMatching(want)]);
  });

  it("known findings, and settings that make the check less strict", async () => {
    checkout.write("web.yaml", BAD);
    checkout.write(".fairlead.yaml", "fieldValidation: ignore\nserverDryRun: true\nbaseline: known.json\n");
    await checkout.check("--no-config", "--write-baseline", "known.json", "web.yaml");
    const { code, stdout } = await checkout.check("web.yaml");
    expect(code).toBe(0);
    for (const want of [
      "2 findings suppressed by baseline in",
      "fieldValidation: ignore in",
      "the range of node ports is not checked",
    ]) {
      expect(stdout).toContain(want);
    }
  });
});
