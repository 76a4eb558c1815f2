import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { valueAt } from "#src/field/json.ts";
import { fairlead } from "../run-cli.ts";

const GOOD = "apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec:\n  ports:\n    - port: 80\n";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "fairlead-paths-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function write(name: string, text: string): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
}

/** Exit code, number of files and rules of the findings of a run. */
async function run(
  args: readonly string[],
  cwd = folder,
): Promise<{ code: number | null; files: unknown; rules: unknown[] }> {
  const { code, stdout } = await fairlead(["check", "--format", "json", ...args], { cwd });
  const report: unknown = JSON.parse(stdout);
  const findings = valueAt(report, ["findings"]);
  const rules = (Array.isArray(findings) ? findings : []).map((finding) => valueAt(finding, ["rule"]));
  return { code, files: valueAt(report, ["summary", "files"]), rules };
}

describe("the files that paths name", () => {
  beforeEach(() => {
    for (const name of ["a/1.yaml", "a/b/2.yml", "a/b/3.json", "[x]/4.yaml", "node_modules/5.yaml", ".git/6.yaml"]) {
      write(
        name,
        name.endsWith("json") ? '{"apiVersion":"v1","kind":"Pod"}' : GOOD.replace("web", `n${name.replace(/\D/g, "")}`),
      );
    }
    write("a/notes.txt", "no manifest");
  });

  it.each([
    { paths: ["."], files: 4 },
    { paths: ["a"], files: 3 },
    { paths: ["a/1.yaml"], files: 1 },
    { paths: ["a", "a/1.yaml", "./a/1.yaml"], files: 3 },
    { paths: ["a/*.yaml"], files: 1 },
    { paths: ["a/**/*.{yaml,yml}"], files: 2 },
    { paths: ["*/b"], files: 2 },
    { paths: ["[x]/4.yaml"], files: 1 },
    { paths: ["[x]"], files: 1 },
    { paths: [".", "--exclude", "*.yml"], files: 3 },
    { paths: [".", "--exclude", "a/**"], files: 1 },
    { paths: [".", "--exclude", "./a/b/*"], files: 2 },
    { paths: [".", "--exclude", "[0-2].y*"], files: 2 },
    { paths: [".", "--exclude", "[!0-2].y*"], files: 3 },
    { paths: [".", "--exclude", "{1,4}.yaml"], files: 2 },
    { paths: [".", "--exclude", "\\[x]/**"], files: 3 },
    { paths: [".", "--exclude", "["], files: 4 },
    { paths: [".", "--exclude", "[z-a]"], files: 4 },
    { paths: [".", "--format", "gitlab=report.json"], files: 4 },
  ])("$paths: $files", async ({ paths, files }) => {
    expect(await run(["--no-config", ...paths])).toMatchObject({ code: 0, files });
  });

  it("exclude of a configuration is relative to its folder, wherever the command runs", async () => {
    write(".fairlead.yaml", "exclude: [a/b/**]\n");
    for (const [cwd, path] of [
      [".", "."],
      [".", join(folder, "a")],
      ["a", "."],
      ["a/b", ".."],
    ] as const) {
      const { files } = await run([path], join(folder, cwd));
      expect([cwd, path, files]).toEqual([cwd, path, path === "." && cwd === "." ? 2 : 1]);
    }
  });

  it("reports a pattern that matches nothing", async () => {
    expect(await run(["--no-config", "none/*.yaml"])).toEqual({ code: 2, files: 1, rules: ["file-unreadable"] });
  });
});

describe("the previous state, from a commit", () => {
  const classed = (name: string): string =>
    GOOD.replace("spec:", `spec:\n  type: LoadBalancer\n  loadBalancerClass: example.com/${name}`);

  function git(...args: string[]): void {
    const identity = ["-c", "user.name=t", "-c", "user.email=t@example.com"];
    execFileSync("git", [...identity, ...args], { cwd: folder, stdio: "ignore" });
  }

  beforeEach(() => {
    write("now/web.yaml", classed("a"));
    write("now/broken.yaml", "a: [\n");
    write("chart/templates/t.yaml", "a: {{ .b }}\n");
    git("init", "-q");
    git("add", ".");
    git("commit", "-qm", "before");
    rmSync(join(folder, "now/broken.yaml"));
    write("now/web.yaml", classed("b"));
    mkdirSync(join(folder, "below"));
  });

  it.each([
    { name: "a folder", cwd: ".", path: "now" },
    { name: "a file", cwd: ".", path: "./now/web.yaml" },
    { name: "a pattern", cwd: ".", path: "now/*.yaml" },
    { name: "all files but the excluded ones", cwd: ".", path: "." },
    { name: "a folder beside this one", cwd: "below", path: "../now" },
    { name: "a pattern beside this one", cwd: "below", path: "../n*/w??.yaml" },
  ])("is found for $name, and manifests that were broken in it do not matter", async ({ cwd, path }) => {
    const args = ["--no-config", "--against", "git:HEAD", "--exclude", "templates/**", "--exclude", "t.yaml", path];
    const { code, rules } = await run(args, join(folder, cwd));
    expect([code, rules]).toEqual([1, ["immutable"]]);
  });

  it("is found for an absolute path, also through a link", async () => {
    symlinkSync(folder, `${folder}-link`);
    try {
      for (const top of [folder, `${folder}-link`]) {
        const { rules } = await run(["--no-config", "--against", "git:HEAD", join(top, "now")]);
        expect(rules).toEqual(["immutable"]);
      }
    } finally {
      rmSync(`${folder}-link`);
    }
  });

  it.each([
    { name: "standard input, which no commit knows", args: ["git:HEAD", "-"], code: 2, say: "name files or folders" },
    {
      name: "an unknown commit",
      args: ["git:nope", "now"],
      code: 2,
      say: "git:nope: no commit, branch or tag here has this name",
    },
    { name: "an option in place of a commit", args: ["git:--output=x", "now"], code: 2, say: "needs a commit" },
    { name: "a commit without a Service", args: ["git:HEAD", "new.yaml"], code: 0, say: "holds no Service" },
  ])("is explained for $name", async ({ args, code, say }) => {
    write("new.yaml", GOOD);
    const ran = await fairlead(["check", "--no-config", "--against", ...args], { cwd: folder, input: GOOD });
    expect([ran.code, ran.stderr]).toEqual([code, expect.stringContaining(say)]);
  });
});

describe("conflicts between two Services of a run, as recorded from a real API server", () => {
  const service = (name: string, spec: string): string =>
    `apiVersion: v1\nkind: Service\nmetadata: { name: ${name} }\nspec: ${spec}\n`;

  it.each([
    {
      name: "a node port, for another protocol too",
      one: "{ type: NodePort, ports: [{ port: 53, nodePort: 30053 }] }",
      other: "{ type: NodePort, ports: [{ port: 53, protocol: UDP, nodePort: 30053 }] }",
      want: ["node-port-twice"],
    },
    {
      name: "a node port that is a health check port",
      one: "{ type: NodePort, ports: [{ port: 53, nodePort: 30053 }] }",
      other: "{ type: LoadBalancer, externalTrafficPolicy: Local, healthCheckNodePort: 30053, ports: [{ port: 53 }] }",
      want: ["node-port-twice"],
    },
    {
      name: "a node port of one Service for two protocols",
      one: "{ type: NodePort, ports: [{ name: t, port: 53, nodePort: 30053 }, { name: u, port: 53, protocol: UDP, nodePort: 30053 }] }",
      other: "{ ports: [{ port: 80 }] }",
      want: [],
    },
    {
      name: "a second cluster IP, in another spelling",
      one: '{ ipFamilyPolicy: RequireDualStack, clusterIP: 10.96.3.3, clusterIPs: [10.96.3.3, "fd00:10:96::33"], ports: [{ port: 80 }] }',
      other: '{ clusterIP: "fd00:10:96:0::33", ports: [{ port: 80 }] }',
      want: ["address-not-canonical", "cluster-ip-twice"],
    },
    {
      name: "an external IP with one port",
      one: "{ externalIPs: [203.0.113.7], ports: [{ port: 80 }] }",
      other: "{ externalIPs: [203.0.113.7], ports: [{ port: 80 }] }",
      want: ["external-ip-twice"],
    },
    {
      name: "an external IP with two ports",
      one: "{ externalIPs: [203.0.113.7], ports: [{ port: 80 }] }",
      other: "{ externalIPs: [203.0.113.7], ports: [{ port: 81 }] }",
      want: [],
    },
  ])("$name", async ({ one, other, want }) => {
    write("a.yaml", `${service("a", one)}---\n${service("b", other)}`);
    const { rules } = await run(["--no-config", "--kubernetes-version", "1.35", "a.yaml"]);
    expect(rules).toEqual(want);
  });
});
