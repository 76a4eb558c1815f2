import { execFileSync } from "node:child_process";
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { isObject, valueAt } from "#src/field/json.ts";
import { fairlead } from "../check/run-cli.ts";

const GOOD = "apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec:\n  ports:\n    - port: 80\n";
const BAD = GOOD.replace("port: 80", "port: 70000\n      targetPort: 80");
const WARNED = GOOD.replace("spec:", "spec:\n  externalName: ignored.example.com");
const POD = "apiVersion: v1\nkind: Pod\nmetadata: { name: p }\n";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "fairlead-check-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function write(name: string, text: string | Uint8Array): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

/** The findings of the JSON report. */
async function findingsOf(
  args: readonly string[],
  input?: string,
): Promise<{ code: number | null; findings: readonly unknown[] }> {
  const { code, stdout } = await fairlead(["check", "--no-config", "--format", "json", ...args], {
    ...(input === undefined ? {} : { input }),
    cwd: folder,
  });
  const findings = valueAt(JSON.parse(stdout), ["findings"]);
  return { code, findings: Array.isArray(findings) ? findings : [] };
}

function rules(findings: readonly unknown[]): unknown[] {
  return findings.map((finding) => valueAt(finding, ["rule"]));
}

describe("exit codes", () => {
  it.each([
    { name: "clean", text: GOOD, args: [], code: 0 },
    { name: "an error", text: BAD, args: [], code: 1 },
    { name: "a warning", text: WARNED, args: [], code: 0 },
    { name: "a warning with --fail-on warning", text: WARNED, args: ["--fail-on", "warning"], code: 1 },
    { name: "no YAML", text: "a: [", args: [], code: 2 },
    { name: "an unknown option", text: GOOD, args: ["--bogus"], code: 2 },
    { name: "an unknown version", text: GOOD, args: ["--kubernetes-version", "two"], code: 2 },
    { name: "an unknown format", text: GOOD, args: ["--format", "xml"], code: 2 },
    { name: "an invalid CIDR", text: GOOD, args: ["--service-cidr", "10.0.0.0/99"], code: 2 },
    { name: "a version newer than the known ones", text: GOOD, args: ["--kubernetes-version", "1.99"], code: 0 },
    { name: "a Service without an apiVersion", text: GOOD.replace("apiVersion: v1\n", ""), args: [], code: 1 },
    { name: "a Service of an API group without that kind", text: GOOD.replace("v1", "apps/v1"), args: [], code: 1 },
    { name: "a Service of another project", text: GOOD.replace("v1", "serving.knative.dev/v1"), args: [], code: 0 },
    { name: "nothing to check", text: POD, args: [], code: 0 },
    { name: "nothing to check, which is forbidden", text: POD, args: ["--fail-if-empty"], code: 3 },
  ])("$name: $code", async ({ text, args, code }) => {
    const ran = await fairlead(["check", "--no-config", ...args, write("web.yaml", text)]);
    expect({ code: ran.code, output: ran.stdout + ran.stderr }).toEqual({ code, output: expect.any(String) });
  });

  it("is 2 for a missing path, which is named", async () => {
    const { code, findings } = await findingsOf(["missing.yaml"]);
    expect([code, rules(findings)]).toEqual([2, ["file-unreadable"]]);
  });
});

describe("input", () => {
  it("reads standard input, Lists, several documents and folders, and skips other kinds", async () => {
    const list = `apiVersion: v1\nkind: List\nitems:\n- ${BAD.replaceAll("\n", "\n  ").trimEnd()}\n`;
    const { findings } = await findingsOf(["-"], `${POD}---\n${list}---\n${BAD}`);
    expect(findings.map((finding) => valueAt(finding, ["region", "startLine"]))).toEqual([13, 21, 18]);
    mkdirSync(join(folder, "deep", "er"), { recursive: true });
    write("deep/er/a.yml", BAD);
    write("deep/b.json", JSON.stringify({ apiVersion: "v1", kind: "Service", metadata: { name: "b" } }));
    write("deep/c.txt", "no manifest");
    const inFolder = await findingsOf(["deep"]);
    expect(new Set(rules(inFolder.findings))).toEqual(new Set(["port-range", "ports-required"]));
  });

  it("judges an update of the previous state, also that of a commit", async () => {
    const classed = (name: string): string =>
      GOOD.replace("spec:", `spec:\n  type: LoadBalancer\n  loadBalancerClass: example.com/${name}`);
    mkdirSync(join(folder, "now"));
    write("now/web.yaml", classed("a"));
    const git = (...args: string[]): void => {
      execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.com", ...args], {
        cwd: folder,
        stdio: "ignore",
      });
    };
    git("init", "-q");
    git("add", ".");
    git("commit", "-qm", "before");
    write("now/web.yaml", classed("b"));
    for (const against of ["git:HEAD", write("before.yaml", classed("a"))]) {
      const { code, findings } = await findingsOf(["--against", against, "now"]);
      expect([code, rules(findings)]).toEqual([1, ["immutable"]]);
    }
  });

  it("finds conflicts between Services of a run", async () => {
    const claim = (name: string): string =>
      GOOD.replace("web", name)
        .replace("spec:", "spec:\n  type: NodePort")
        .replace("port: 80", "port: 80\n      nodePort: 30080");
    write("a.yaml", claim("a"));
    write("b.yaml", `${claim("b")}---\n${GOOD.replace("web", "a")}`);
    const { findings } = await findingsOf(["a.yaml", "b.yaml"]);
    expect(rules(findings).sort()).toEqual(["duplicate-name", "node-port-twice"]);
  });

  it("uses the nearest .fairlead.yaml, and names file and line of an invalid setting", async () => {
    write("web.yaml", WARNED);
    write(".fairlead.yaml", "failOn: warning\n");
    mkdirSync(join(folder, "below"));
    expect((await fairlead(["check", "../web.yaml"], { cwd: join(folder, "below") })).code).toBe(1);
    write(".fairlead.yaml", "kubernetesVersion: '1.36'\nfailon: warning\n");
    const { code, stderr } = await fairlead(["check", "web.yaml"], { cwd: folder });
    expect([code, stderr]).toEqual([2, expect.stringMatching(/\.fairlead\.yaml:2: failon .*did you mean failOn/)]);
  });
});

describe("output", () => {
  it("several reports in one run", async () => {
    const sarif = join(folder, "out", "report.sarif");
    const { stdout } = await fairlead([
      "check",
      "--no-config",
      "--format",
      "text",
      "--format",
      `sarif=${sarif}`,
      write("web.yaml", BAD),
    ]);
    expect(stdout).toContain("port-range");
    const report: unknown = JSON.parse(readFileSync(sarif, "utf8"));
    expect(isObject(report) && report["version"]).toBe("2.1.0");
  });

  it("--fix writes safe fixes back, and keeps comments and layout", async () => {
    const text = `# kept\napiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec:\n  type: Nodeport   # kept too\n  ports:\n  - port: 80\n    targetport: http\n`;
    const file = write("web.yaml", text);
    const { code, stderr } = await fairlead(["check", "--no-config", "--fix", file]);
    expect(readFileSync(file, "utf8")).toBe(text.replace("Nodeport", "NodePort").replace("targetport", "targetPort"));
    expect([code, stderr]).toEqual([0, expect.stringContaining("NodePort")]);
  });

  it("a baseline: known findings are suppressed, also when lines move, and resolved ones are named", async () => {
    const file = write("web.yaml", BAD);
    const baseline = join(folder, "baseline.json");
    expect((await fairlead(["check", "--no-config", "--write-baseline", baseline, file])).code).toBe(0);
    write("web.yaml", `# one line more\n${BAD}`);
    const known = await fairlead(["check", "--no-config", "--baseline", baseline, file]);
    expect([known.code, known.stdout]).toEqual([0, expect.stringContaining("suppressed")]);
    write("web.yaml", GOOD);
    expect((await fairlead(["check", "--no-config", "--baseline", baseline, file])).stderr).toContain("gone");
  });

  it("--fix corrects a misspelled kind, and reports a file that it cannot write", async () => {
    const file = write("web.yaml", GOOD.replace("Service", "service # a kind"));
    const locked = write("locked.yaml", GOOD.replace("web", "locked").replace("ports:", "type: nodePort\n  ports:"));
    chmodSync(locked, 0o444);
    chmodSync(file, 0o666);
    chmodSync(folder, 0o777);
    // The superuser may write everything: run as another user.
    const isRoot = process.getuid?.() === 0;
    const command = isRoot ? ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] : [];
    if (isRoot) chownSync(file, 65534, 65534);
    const { code, stdout, stderr } = await fairlead(["check", "--no-config", "--fix", locked, file], { command });
    expect([code, stdout]).toEqual([2, expect.stringContaining("this file cannot be fixed: permission is denied")]);
    expect(stderr).toBe(`${file}:2:7: fixed: service is now Service\n`);
    expect(readFileSync(file, "utf8")).toContain("kind: Service # a kind\n");
  });

  it("--fix keeps line ends and a byte order mark, and refuses standard input", async () => {
    const text = `\u{feff}${GOOD.replace("ports:", "type: nodePort\n  ports:")}`.replaceAll("\n", "\r\n");
    const file = write("web.yaml", text);
    await fairlead(["check", "--no-config", "--fix", file]);
    expect(readFileSync(file, "utf8")).toBe(text.replace("nodePort", "NodePort"));
    const { code, stderr } = await fairlead(["check", "--no-config", "--fix", "-"], { input: BAD });
    expect([code, stderr]).toEqual([2, expect.stringContaining("standard input")]);
  });

  it("a baseline does not report findings in unchecked files as gone, but those in deleted files", async () => {
    const [one, other] = [write("one.yaml", BAD), write("other.yaml", BAD.replace("web", "other"))];
    const baseline = join(folder, "baseline.json");
    await fairlead(["check", "--no-config", "--write-baseline", baseline, one, other]);
    expect((await fairlead(["check", "--no-config", "--baseline", baseline, one])).stderr).toBe("");
    rmSync(other);
    const { stderr } = await fairlead(["check", "--no-config", "--baseline", baseline, one]);
    expect(stderr).toMatch(
      /^fairlead check: known finding is gone: .*other\.yaml port-range at spec\.ports\[0\]\.port\n$/,
    );
  });

  it.each([
    { name: "no JSON", text: "{" },
    { name: "of another version", text: '{"version":2,"findings":[]}' },
    { name: "with an invalid finding", text: '{"version":1,"findings":[{"rule":"port-range"}]}' },
  ])("a baseline that is $name is refused", async ({ text }) => {
    const { code, stderr } = await fairlead([
      "check",
      "--baseline",
      write("baseline.json", text),
      write("web.yaml", GOOD),
    ]);
    expect([code, stderr]).toEqual([2, expect.stringMatching(/baseline/)]);
  });

  it("--show prints only Services to standard output, and findings to standard error", async () => {
    const file = write(
      "web.yaml",
      `${GOOD.replace("spec:", "spec:\n  type: NodePort")}---\n${BAD.replace("web", "bad")}`,
    );
    const { code, stdout, stderr } = await fairlead(["check", "--no-config", "--show", "stored", file]);
    expect([code, stderr]).toEqual([1, expect.stringContaining("port-range")]);
    expect(stdout).toContain("nodePort: <allocated port>");
    expect(stdout).toMatch(/default\/bad: refused\n$/);
    expect(stdout).not.toContain("port-range");
  });

  it.each([
    { show: "stored", want: /clusterIP: <allocated IPv4>|clusterIP: "?<allocated/ },
    { show: "diff", want: /^\+ .*sessionAffinity: None/m },
    { show: "admitted", want: /targetPort: 80/ },
  ])("--show $show", async ({ show, want }) => {
    const { stdout } = await fairlead(["check", "--no-config", "--show", show, write("web.yaml", GOOD)]);
    expect(stdout).toMatch(want);
  });

  it("policies' findings, with the policy's name", async () => {
    const text = GOOD.replace("spec:", "spec:\n  selector: { app: web }\n  externalIPs: [203.0.113.7]");
    const { code, findings } = await findingsOf(["--policy", "baseline", write("web.yaml", text)]);
    expect(code).toBe(1);
    expect(findings.some((finding) => valueAt(finding, ["policy"]) === "baseline")).toBe(true);
  });
});
