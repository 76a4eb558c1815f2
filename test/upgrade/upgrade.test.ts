import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { Ajv2020 } from "ajv/dist/2020.js";
import { isObject, valueAt } from "#src/field/json.ts";
import { Checkout } from "../check/checkout.ts";
import { type CliResult, fairlead } from "../check/run-cli.ts";
import { ROOT } from "../paths.ts";

let checkout: Checkout;
beforeEach(() => {
  checkout = new Checkout();
});
afterEach(() => {
  checkout.remove();
});

const service = (name: string, spec: string): string =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: ${name} }\nspec: { ${spec}, ports: [{ port: 80 }] }\n`;
const PADDED = service("web", "externalIPs: [010.0.0.1]");
const CLOSE = service("web", "trafficDistribution: PreferClose");
const SAME_ZONE = service("web", "trafficDistribution: PreferSameZone");

function upgrade(...args: readonly string[]): Promise<CliResult> {
  return fairlead(["upgrade", ...args], { cwd: checkout.folder });
}

/** The findings as `rule on field (ways): from -> to`. */
function briefs({ stdout }: CliResult): string[] {
  const report: unknown = JSON.parse(stdout);
  const findings = valueAt(report, ["findings"]);
  if (!Array.isArray(findings)) throw new Error("no findings");
  return findings.map((finding) => {
    const [on, from, to] = ["on", "from", "to"].map((key) => valueAt(finding, ["upgrade", key]));
    const values = from === undefined && to === undefined ? "" : `: ${String(from)} -> ${String(to)}`;
    return `${String(valueAt(finding, ["rule"]))} ${String(valueAt(finding, ["field"]))} (${String(on)})${values}`;
  });
}

describe("what changes for a Service", () => {
  it.each([
    {
      name: "a stored address with leading zeros may stay, and a new one is refused",
      versions: ["1.35", "1.36"],
      manifest: PADDED,
      code: 1,
      want: ["ip-leading-zeros spec.externalIPs[0] (create)", "external-ips-deprecated spec.externalIPs (update)"],
    },
    {
      name: "the same warning in other words is none",
      versions: ["1.31", "1.33"],
      manifest: PADDED,
      code: 0,
      want: [],
    },
    {
      name: "a version in which nothing changes",
      versions: ["1.31", "1.32"],
      manifest: PADDED,
      code: 0,
      want: [],
    },
    {
      name: "a default, in what is created and in what is stored",
      versions: ["1.28", "1.29"],
      manifest: service("web", "externalIPs: [203.0.113.7]"),
      code: 0,
      want: ["filled-in-otherwise spec.externalTrafficPolicy (create,update): undefined -> Cluster"],
    },
    {
      name: "a field that the newer version keeps",
      versions: ["1.29", "1.31"],
      manifest: CLOSE,
      code: 0,
      want: ["stored-otherwise spec.trafficDistribution (create,update): undefined -> PreferClose"],
    },
    {
      name: "the same with strict field validation: the older version refuses it",
      versions: ["1.29", "1.31", "--field-validation", "strict"],
      manifest: CLOSE,
      code: 0,
      want: [],
    },
    {
      name: "a warning",
      versions: ["1.34", "1.35"],
      manifest: CLOSE,
      code: 0,
      want: ["prefer-close-deprecated spec.trafficDistribution (create,update)"],
    },
    {
      name: "going back: a value that the older version does not know",
      versions: ["1.34", "1.33"],
      manifest: SAME_ZONE,
      code: 1,
      want: ["unsupported-value spec.trafficDistribution (create,update)"],
    },
    {
      name: "what the older version refuses already is not compared",
      versions: ["1.33", "1.34"],
      manifest: SAME_ZONE,
      code: 0,
      want: [],
    },
    {
      name: "OpenShift 4.14 to 4.16",
      versions: ["openshift-4.14", "4.16"],
      manifest: service("web", "externalIPs: [203.0.113.7]"),
      code: 0,
      want: ["filled-in-otherwise spec.externalTrafficPolicy (create,update): undefined -> Cluster"],
    },
    {
      name: "an exported object is what is stored, and is applied as kubectl noted it",
      versions: ["1.29", "1.30", "--apply", "replace"],
      manifest: JSON.stringify({
        apiVersion: "v1",
        kind: "Service",
        metadata: {
          name: "web",
          uid: "1",
          annotations: {
            "kubectl.kubernetes.io/last-applied-configuration": JSON.stringify({
              apiVersion: "v1",
              kind: "Service",
              metadata: { name: "web" },
              spec: { type: "LoadBalancer", allocateLoadBalancerNodePorts: false, ports: [{ port: 80 }] },
            }),
          },
        },
        spec: {
          type: "LoadBalancer",
          clusterIP: "10.96.0.5",
          clusterIPs: ["10.96.0.5"],
          ipFamilies: ["IPv4"],
          ipFamilyPolicy: "SingleStack",
          allocateLoadBalancerNodePorts: false,
          externalTrafficPolicy: "Cluster",
          internalTrafficPolicy: "Cluster",
          sessionAffinity: "None",
          ports: [{ port: 80, targetPort: 80, protocol: "TCP", nodePort: 30080 }],
        },
        status: { loadBalancer: { ingress: [{ ip: "203.0.113.9" }] } },
      }),
      code: 0,
      want: [
        "stored-otherwise spec.ports[0].nodePort (update): 30080 -> undefined",
        "filled-in-otherwise status.loadBalancer.ingress[0].ipMode (update): undefined -> VIP",
      ],
    },
  ])("$name", async ({ versions: [from = "", to = "", ...options], manifest, code, want }) => {
    checkout.write("web.yaml", manifest);
    const result = await upgrade("--from", from, "--to", to, ...options, "--format", "json", ".");
    expect(briefs(result).sort()).toEqual([...want].sort());
    expect(result.code).toBe(code);
  });
});

describe("the report", () => {
  it("says where, on which way, and what would be right; in docs/upgrade.md, too", async () => {
    checkout.write("list.yaml", `kind: List\napiVersion: v1\nitems:\n- ${PADDED.trim().replaceAll("\n", "\n  ")}\n`);
    const { stdout, code } = await upgrade("--from", "1.31", ".");
    expect(code).toBe(1);
    const says =
      'Kubernetes 1.36 refuses it if it is created anew, while a stored one can be applied again: "010.0.0.1" has leading zeros';
    for (const text of [
      says,
      "at     list.yaml:7:25  default/web",
      "> 7 |   spec: { externalIPs: [010.0.0.1], ports: [{ port: 80 }] }",
      "fix    write 10.0.0.1",
      "from Kubernetes 1.31 to Kubernetes 1.36: 1 Service newly refused (1 of them only if created anew)",
    ]) {
      expect(stdout).toContain(text);
    }
    expect(readFileSync(join(ROOT, "docs/upgrade.md"), "utf8")).toContain(says);
  });

  it("fits the schema of reports", async () => {
    checkout.write("web.yaml", `${PADDED}---\n${CLOSE}`);
    const schema: unknown = JSON.parse(readFileSync(join(ROOT, "schemas/check-report.schema.json"), "utf8"));
    const validate = new Ajv2020({ strict: true, allErrors: true }).compile(isObject(schema) ? schema : {});
    const { stdout } = await upgrade("--from", "1.28", "--format", "json", ".");
    const report: unknown = JSON.parse(stdout);
    validate(report);
    expect(validate.errors ?? []).toEqual([]);
    expect(report).toMatchObject({ target: { from: "1.28", kubernetes: "1.36" }, summary: { services: 2, errors: 1 } });
  });

  it("counts what the older version refuses already", async () => {
    checkout.write("web.yaml", service("web", "type: None"));
    const { stdout, code } = await upgrade("--from", "1.28", ".");
    expect([code, stdout]).toEqual([0, expect.stringContaining("1 Service refused by Kubernetes 1.28 already")]);
  });
});

describe("inputs and options", () => {
  it.each([
    { name: "no path", args: ["--from", "1.31"], says: "name what to compare" },
    { name: "no version", args: ["."], says: "--from 1.31" },
    { name: "a version that is none", args: ["--from", "latest", "."], says: '"latest" is not a version' },
    {
      name: "an OpenShift version out of the table",
      args: ["--from", "openshift-4.99", "."],
      says: "known are 4.14 to",
    },
    { name: "both versions unknown", args: ["--from", "1.90", "--to", "1.91", "."], says: "is not known" },
    { name: "a cluster and paths", args: ["--from-cluster", "."], says: "use one of the two" },
    { name: "a kubeconfig and paths", args: ["--from", "1.31", "--kubeconfig", "x", "."], says: "--from-cluster" },
    { name: "a file that is not there", args: ["--from", "1.31", "absent.yaml"], says: "", out: "no such file" },
    { name: "a broken file", args: ["--from", "1.31", "broken.yaml"], says: "", out: "broken.yaml:1" },
  ])("$name: exit code 2", async ({ args, says, out = "" }) => {
    checkout.write("broken.yaml", "kind: [\napiVersion: v1\n");
    const { code, stdout, stderr } = await upgrade(...args);
    expect([code, stdout, stderr]).toEqual([2, expect.stringContaining(out), expect.stringContaining(says)]);
  });

  it.each([
    { name: "equal versions", args: ["--from", "1.31", "--to", "1.31"], says: "nothing changes", code: 0 },
    {
      name: "a newer version than is known",
      args: ["--from", "1.31", "--to", "1.90"],
      says: "Kubernetes 1.90 is judged by what is known of 1.36",
      code: 1,
    },
    { name: "an older version", args: ["--from", "1.36", "--to", "1.31"], says: "what going back changes", code: 0 },
  ])("$name: a note", async ({ args, says, code }) => {
    checkout.write("web.yaml", PADDED);
    const result = await upgrade(...args, ".");
    expect([result.code, result.stderr]).toEqual([code, expect.stringContaining(says)]);
  });

  it("takes version, exclusions and namespace from .fairlead.yaml, and reads standard input", async () => {
    checkout.write(
      ".fairlead.yaml",
      'kubernetesVersion: "1.31"\nnamespace: shop\nexclude: ["old/**"]\nfailOn: warning\n',
    );
    checkout.write("old/web.yaml", PADDED);
    expect((await upgrade(".")).stdout).toContain("no findings in 0 Services");
    const { stdout } = await fairlead(["upgrade", "-"], { cwd: checkout.folder, input: PADDED });
    expect(stdout).toContain("at     -:4:22  shop/web");
  });
});
