import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { BUILT_IN_SETS } from "#src/policy/files/built-in-sets.ts";
import { fairlead } from "../check/run-cli.ts";
import { ROOT } from "../paths.ts";

const SETS = join(ROOT, "policies");

const POLICY = `apiVersion: fairlead.dev/v1alpha1
kind: ServicePolicy
metadata: { name: mine }
spec:
  match: { namespaces: ["team-*"] }
  defaults: { labels: { team: a } }
  rules: [{ rule: named-ports }]
`;

/** A test with every kind of expectation of a case, right or wrong. */
function testText(expected: { readonly allowed: boolean; readonly finding: string; readonly team: string }): string {
  return `# what the team wants
policies: [mine.yaml]
cases:
  - name: a port without a name
    service: { apiVersion: v1, kind: Service, metadata: { name: web, namespace: team-a }, spec: { ports: [{ port: 80 }] } }
    expect:
      allowed: ${expected.allowed} # of course
      findings:
        - { ${expected.finding} }
      admitted: { metadata: { labels: { team: ${expected.team} } } }
`;
}

const RIGHT = testText({
  allowed: false,
  finding: 'rule: named-ports, path: "spec.ports[0].name", action: deny',
  team: "a",
});
const WRONG = testText({ allowed: true, finding: 'rule: external-ips, path: "spec.externalIPs[0]"', team: "b" });

const DIFFERENCES = [
  "- allowed: true",
  "+ allowed: false",
  "- finding external-ips at spec.externalIPs[0]",
  '+ finding named-ports deny at spec.ports[0].name by mine "the port 80 has no name"',
  '- admitted metadata.labels.team: "b"',
  '+ admitted metadata.labels.team: "a"',
];

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "fairlead-test-"));
  write("mine.yaml", POLICY);
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function write(name: string, text: string): void {
  writeFileSync(join(folder, name), text);
}

const run = (...args: readonly string[]) => fairlead(["test", ...args], { cwd: folder });

describe("fairlead test", () => {
  it("passes cases that are as expected", async () => {
    write("mine.test.yaml", RIGHT);
    expect(await run(".")).toEqual({
      code: 0,
      stdout: "mine.test.yaml\n  ok      a port without a name\n\n1 of 1 case passed\n",
      stderr: "",
    });
  });

  it("compares expected list items whatever the order of their keys", async () => {
    const port = "spec: { ports: [{ targetPort: 80, protocol: TCP, port: 80 }] }";
    write("mine.test.yaml", RIGHT.replace("metadata: { labels: { team: a } }", port));
    const { code, stdout } = await run(".");
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining("1 of 1 case passed") });
  });

  it("shows differences line by line", async () => {
    write("mine.test.yaml", WRONG);
    const { code, stdout, stderr } = await run(".");
    expect([code, stderr]).toEqual([1, ""]);
    expect(stdout.split("\n")).toEqual([
      "mine.test.yaml",
      "  FAILED  a port without a name (mine.test.yaml:4)",
      ...DIFFERENCES.map((line) => `          ${line}`),
      "",
      "0 of 1 case passed, 1 failed",
      "",
    ]);
  });

  it("reports why a policy did not apply, and the API server's causes", async () => {
    const service =
      "{ apiVersion: v1, kind: Service, metadata: { name: web, namespace: other }, spec: { ports: [{ port: 0 }] } }";
    write(
      "mine.test.yaml",
      `policies: [mine.yaml]\ncases:\n  - name: elsewhere\n    service: ${service}\n    expect: { allowed: true, findings: [{ rule: named-ports }] }\n`,
    );
    const { code, stdout } = await run(".");
    expect(code).toBe(1);
    expect(stdout).toMatch(/ {10} {2}the API server refuses it: .*0/);
    expect(stdout).toContain("            the policy mine does not apply: see its match.namespaces\n");
  });

  it("shows what was found, also where only the decision is expected", async () => {
    write(
      "mine.test.yaml",
      RIGHT.replace(/findings:\n.*\n.*admitted.*/, "").replace("allowed: false", "allowed: true"),
    );
    const { code, stdout } = await run(".");
    expect(code).toBe(1);
    expect(stdout.split("\n").slice(2, 5)).toEqual([
      "          - allowed: true",
      "          + allowed: false",
      '            found: named-ports deny at spec.ports[0].name by mine "the port 80 has no name"',
    ]);
  });

  it("judges a Service by the ranges of no cluster, unless the case names one", async () => {
    const [head = "", rest = ""] = RIGHT.replace("spec: { ports", "spec: { clusterIP: 10.43.0.9, ports").split(
      "    expect:",
    );
    const named = (cluster: string): string => `${head}    request: { cluster: ${cluster} }\n    expect:${rest}`;
    write("a.test.yaml", `${head}    expect:${rest}`);
    write("b.test.yaml", named("k3s"));
    expect(await run("a.test.yaml", "b.test.yaml")).toMatchObject({ code: 0 });
    write("c.test.yaml", named("eks").replace("allowed: false", "allowed: true"));
    expect((await run("c.test.yaml")).stdout).toMatch(/the API server refuses it: .*10\.43\.0\.9/);
  });

  it("judges writes of the status", async () => {
    const balancer =
      "apiVersion: v1, kind: Service, spec: { type: LoadBalancer, clusterIP: 10.96.0.9, ports: [{ port: 80, name: web }] }";
    const stored = `{ ${balancer}, metadata: { name: web, uid: a, resourceVersion: "1" } }`;
    const status = `{ ${balancer}, metadata: { name: web, uid: a, resourceVersion: "1" }, status: { loadBalancer: { ingress: [{ ip: 192.0.2.1 }] } } }`;
    const rule = "{ rule: status-addresses, parameters: { addresses: [198.51.100.0/24] } }";
    write("mine.yaml", POLICY.replace("{ rule: named-ports }", rule).replace('match: { namespaces: ["team-*"] }', ""));
    write(
      "mine.test.yaml",
      `policies: [mine.yaml]\ncases:\n  - name: an address elsewhere\n    oldService: ${stored}\n    service: ${status}\n    request: { operation: status }\n    expect: { allowed: false, findings: [{ rule: status-addresses }] }\n`,
    );
    expect(await run(".")).toMatchObject({ code: 0, stdout: expect.stringContaining("1 of 1 case passed") });
  });

  it("--update twice changes nothing more, and prints no failure", async () => {
    write("mine.test.yaml", WRONG);
    const first = await run("--update", ".");
    expect(`${first.stdout}${first.stderr}`).not.toContain("FAILED");
    const updated = readFileSync(join(folder, "mine.test.yaml"), "utf8");
    expect(await run("--update", ".")).toEqual({ code: 0, stdout: "", stderr: "" });
    expect(readFileSync(join(folder, "mine.test.yaml"), "utf8")).toBe(updated);
  });

  it("--update writes the actual results, and keeps everything else", async () => {
    write("mine.test.yaml", WRONG);
    const { code, stderr } = await run("--update", ".");
    expect([code, stderr]).toEqual([0, "mine.test.yaml: 1 case updated\n"]);
    expect(readFileSync(join(folder, "mine.test.yaml"), "utf8")).toBe(RIGHT);
    expect((await run(".")).code).toBe(0);
  });

  it("--update reports what it cannot write, and fails", async () => {
    const again = WRONG.split("\n").slice(3, 5).join("\n").replace("without a name", "once more");
    write("mine.test.yaml", `${WRONG.replace("expect:", "expect: &expected")}${again}\n    expect: *expected\n`);
    const { code, stderr } = await run("--update", ".");
    expect(code).toBe(1);
    expect(stderr).toContain(
      "mine.test.yaml: cases.1.expect.allowed is written elsewhere (an alias): update it by hand\n",
    );
  });

  it("--update does not touch a file whose results are as expected", async () => {
    write("mine.test.yaml", RIGHT.replace("action: deny", 'action:    "deny"'));
    const before = readFileSync(join(folder, "mine.test.yaml"), "utf8");
    expect(await run("--update", ".")).toMatchObject({ code: 0, stderr: "" });
    expect(readFileSync(join(folder, "mine.test.yaml"), "utf8")).toBe(before);
  });

  it("--format junit --output", async () => {
    write("mine.test.yaml", WRONG.replace("a port without a name", '"<no name> & \\"more\\""'));
    expect(await run("--format", "junit", "--output", "report.xml", ".")).toEqual({ code: 1, stdout: "", stderr: "" });
    const text = DIFFERENCES.join("\n").replaceAll('"', "&quot;");
    expect(readFileSync(join(folder, "report.xml"), "utf8")).toBe(
      [
        '<?xml version="1.0" encoding="UTF-8"?>',
        "<testsuites>",
        '  <testsuite name="mine.test.yaml" tests="1" failures="1" errors="0" skipped="0">',
        '    <testcase classname="mine.test.yaml" name="&lt;no name&gt; &amp; &quot;more&quot;" file="mine.test.yaml" line="4">',
        `      <failure message="- allowed: true">${text}</failure>`,
        "    </testcase>",
        "  </testsuite>",
        "</testsuites>",
        "",
      ].join("\n"),
    );
  });

  it("searches folders, and accepts files of any name", async () => {
    mkdirSync(join(folder, "inner"));
    write("inner/a.test.yml", RIGHT.replace("mine.yaml", "../mine.yaml"));
    write("b.yaml", RIGHT);
    expect(await run(".", "b.yaml")).toMatchObject({ code: 0 });
  });
});

describe("rules that look at several objects", () => {
  const service = (name: string): string =>
    `{ apiVersion: v1, kind: Service, metadata: { name: ${name} }, spec: { selector: { app: a }, ports: [{ port: 80 }] } }`;
  const texts = (...others: readonly string[]): string => `policies:
  - { apiVersion: fairlead.dev/v1alpha1, kind: ServicePolicy, metadata: { name: mine }, spec: { rules: [{ rule: unique-selector }] } }
cases:
  - name: two Services
    service: ${service("one")}
    ${others.length === 0 ? "" : `others: [${others.join(", ")}]`}
    expect: { allowed: ${!others.includes(service("two"))} }
`;

  it.each([
    { what: "another Service", others: [service("two")], notes: 0 },
    { what: "the Service itself", others: [service("one")], notes: 0 },
    { what: "nothing: that is not known", others: [], notes: 1 },
  ])("see $what in the others of a case", async ({ others, notes }) => {
    write("mine.test.yaml", texts(...others));
    const { code, stdout, stderr } = await run(".");
    expect([code, stdout]).toEqual([0, expect.stringContaining("1 of 1 case passed")]);
    expect(
      stderr.match(/1 case has no others: rules that look at several objects find nothing there/g) ?? [],
    ).toHaveLength(notes);
  });
});

describe("unusable input ends with exit code 2, and no test runs", () => {
  it.each([
    { name: "no path", args: [], want: /missing required argument/ },
    { name: "a path that is not there", args: ["nope"], want: /^nope: there is no such file or directory$/m },
    { name: "no tests", args: ["."], want: /^\.: holds no tests \(\*\.test\.yaml\)$/m },
    { name: "another format", args: ["--format", "html", "."], want: /Allowed choices are text, junit/ },
    { name: "no YAML", text: "policies: [", want: /^x\.test\.yaml:\d+:\d+: this is not valid YAML/m },
    {
      name: "an unknown field",
      text: RIGHT.replace("findings", "finding"),
      want: /^x\.test\.yaml:8:7: cases\[0\]\.expect\.finding: is not known; did you mean "findings"\?/m,
    },
    {
      name: "nothing expected",
      text: `policies: [mine.yaml]\ncases: [{ name: a, service: {}, expect: {} }]\n`,
      want: /^x\.test\.yaml:2:33: cases\[0\]\.expect: expects nothing: add allowed, findings \(\[\] for none\) or admitted$/m,
    },
    {
      name: "nothing expected of what is admitted",
      text: `policies: [mine.yaml]\ncases: [{ name: a, service: {}, expect: { admitted: {} } }]\n`,
      want: /^x\.test\.yaml:2:43: cases\[0\]\.expect\.admitted: expects nothing: add fields, or null for a field that is absent$/m,
    },
    {
      name: "nothing expected of a field of what is admitted",
      text: `policies: [mine.yaml]\ncases: [{ name: a, service: {}, expect: { admitted: { spec: { type: null, selector: {} } } } }]\n`,
      want: /^x\.test\.yaml:2:75: cases\[0\]\.expect\.admitted\.spec\.selector: expects nothing/m,
    },
    {
      name: "a validation that the policies do not have",
      text: "policies: [coming-from/trivy/KSV-0108]\ncases: [{ name: a, service: {}, expect: { findings: [{ rule: external-nam }] } }]\n",
      want: /^x\.test\.yaml:2:56: .*: there is no rule "external-nam"; did you mean "external-name"\?$/m,
    },
    {
      name: "a rule that does not exist",
      text: RIGHT.replace("rule: named-ports", "rule: named-port"),
      want: /^x\.test\.yaml:9:13: cases\[0\]\.expect\.findings\[0\]\.rule: there is no rule "named-port"; did you mean "named-ports"\?$/m,
    },
    {
      name: "a cluster profile that does not exist",
      text: RIGHT.replace("expect:", "request: { cluster: dualstack }\n    expect:"),
      want: /^x\.test\.yaml:6:16: cases\[0\]\.request\.cluster: must be one of unknown, ipv4, /m,
    },
    {
      name: "a write of the status of nothing",
      text: `policies: [mine.yaml]\ncases: [{ name: a, service: {}, request: { operation: status }, expect: { allowed: true } }]\n`,
      want: /cases\[0\]\.oldService: is missing: a case of operation status needs it/,
    },
    {
      name: "an update of nothing",
      text: `policies: [mine.yaml]\ncases: [{ name: a, service: {}, request: { operation: update }, expect: { allowed: true } }]\n`,
      want: /cases\[0\]\.oldService: is missing: a case of operation update needs it/,
    },
    {
      name: "a policy that is not there",
      text: RIGHT.replace("mine.yaml", "yours.yaml"),
      want: /^yours\.yaml:1:1: there is no such file or directory$/m,
    },
    {
      name: "a policy that is wrong",
      text: RIGHT.replace("policies: [mine.yaml]", "policies: [{ kind: ServicePolicy, spec: { rule: [] } }]"),
      want: /^x\.test\.yaml:2:\d+: policies\[0\]\.spec\.rule: is not known; did you mean "rules"\?/m,
    },
    { name: "several documents", text: `${RIGHT}---\n${RIGHT}`, want: /must hold one document/ },
  ])("$name", async ({ args = ["."], text, want }) => {
    if (text !== undefined) write("x.test.yaml", text);
    const { code, stdout, stderr } = await run(...args);
    expect(stderr).toMatch(want);
    expect([code, stdout]).toEqual([2, ""]);
  });
});

describe("the ready-made sets", () => {
  it("pass their tests", async () => {
    const { code, stdout } = await fairlead(["test", SETS]);
    expect(stdout).not.toContain("FAILED");
    expect(code).toBe(0);
    for (const set of BUILT_IN_SETS) expect(stdout).toContain(`${set}.test.yaml`);
  });

  it.each(BUILT_IN_SETS)("%s is found by its name from anywhere", async (set) => {
    write(
      "web.yaml",
      "apiVersion: v1\nkind: Service\nmetadata: { name: web, namespace: a, labels: { app.kubernetes.io/name: web } }\nspec: { selector: { app: web }, ports: [{ name: web, port: 80 }] }\n",
    );
    const { code, stdout } = await fairlead(
      ["check", "--no-config", "--policy", set, "--cluster-profile", "ipv4", "web.yaml"],
      { cwd: folder },
    );
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: expect.stringMatching(/^no findings in 1 Service of 1 file\n$/m),
    });
  });
});

describe("the version of the API server", () => {
  const casesText = (request: string): string => `policies: [mine.yaml]
cases:
  - name: a name that begins with a digit
    service: { apiVersion: v1, kind: Service, metadata: { name: 1web }, spec: { ports: [{ port: 80, name: web }] } }
    request: { ${request} }
    expect: { allowed: true }
`;

  it.each([
    { request: "", args: [], passes: true },
    { request: "", args: ["--kubernetes-version", "1.35"], passes: false },
    { request: "", args: ["--openshift-version", "4.16"], passes: false },
    { request: "", args: ["--feature-gate", "RelaxedServiceNameValidation=false"], passes: false },
    { request: 'version: "1.36"', args: ["--kubernetes-version", "1.35"], passes: true },
    { request: 'version: "1.36"', args: ["--feature-gate", "RelaxedServiceNameValidation=false"], passes: true },
    { request: "featureGates: { RelaxedServiceNameValidation: false }", args: [], passes: false },
    {
      request: "featureGates: { RelaxedServiceNameValidation: true }",
      args: ["--feature-gate", "RelaxedServiceNameValidation=false"],
      passes: true,
    },
    {
      request: 'version: "1.35", featureGates: { RelaxedServiceNameValidation: true }',
      args: [],
      passes: true,
    },
  ])("{ $request } with $args passes: $passes", async ({ request, args, passes }) => {
    write("mine.test.yaml", casesText(request));
    expect(await run(...args, ".")).toMatchObject({ code: passes ? 0 : 1, stderr: "" });
  });

  it("is the nearest known one, and standard error says so once", async () => {
    write("mine.test.yaml", casesText('version: "1.20"'));
    write("more.test.yaml", casesText('version: "1.20"'));
    expect(await run(".")).toMatchObject({
      code: 1,
      stderr: "fairlead test: Kubernetes 1.20 is not among the known versions, 1.27 to 1.36: judged by 1.27\n",
    });
  });

  it.each([
    {
      request: "featureGates: { RelaxedServiceName: true }",
      args: [],
      says: 'mine.test.yaml:5:16: cases[0].request.featureGates: "RelaxedServiceName" is not a feature gate that changes',
    },
    {
      request: 'version: "1.30", featureGates: { RelaxedServiceNameValidation: true }',
      args: [],
      says: "the feature gate RelaxedServiceNameValidation cannot be set in 1.30, only from 1.34 on",
    },
    {
      request: "",
      args: ["--feature-gate", "LoadBalancerIPMode=true"],
      says: "fairlead test: the feature gate LoadBalancerIPMode cannot be set in 1.36, only in 1.29 to 1.31",
    },
    {
      request: "",
      args: ["--openshift-version", "4.16", "--kubernetes-version", "1.30"],
      says: "fairlead test: OpenShift 4.16 is Kubernetes 1.29, not 1.30",
    },
  ])("{ $request } with $args cannot be used", async ({ request, args, says }) => {
    write("mine.test.yaml", casesText(request));
    const { code, stderr } = await run(...args, ".");
    expect([code, stderr]).toEqual([2, expect.stringContaining(says)]);
  });
});
