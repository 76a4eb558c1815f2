import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { parseAllDocuments } from "yaml";
import { valueAt } from "#src/field/json.ts";
import { Checkout } from "../check/checkout.ts";
import { fairlead } from "../check/run-cli.ts";

const POLICY = `apiVersion: fairlead.dev/v1alpha1
kind: ServicePolicy
metadata: { name: team }
spec:
  exempt: [{ users: [jo], reason: a ticket, expires: "2030-01-01" }]
  defaults: { type: NodePort, labels: { team: shop } }
  rules:
    - { rule: named-ports }
    - { rule: static-node-port, action: warn }
`;

describe("fairlead export vap", () => {
  let checkout: Checkout;

  beforeEach(() => {
    checkout = new Checkout();
    checkout.write("team.yaml", POLICY);
  });

  afterEach(() => {
    checkout.remove();
  });

  const run = (...args: readonly string[]): ReturnType<typeof fairlead> =>
    fairlead(["export", "vap", ...args], { cwd: checkout.folder });

  const namesIn = (text: string): readonly string[] =>
    parseAllDocuments(text).map((document) => {
      const object: unknown = document.toJS();
      return `${String(valueAt(object, ["apiVersion"]))} ${String(valueAt(object, ["kind"]))} ${String(valueAt(object, ["metadata", "name"]))}`;
    });

  const V1 = "admissionregistration.k8s.io/v1";

  it("renders each action as a policy with its binding, and defaults as another", async () => {
    const { code, stdout } = await run("team.yaml", "--name-prefix", "fairlead-");
    expect(code).toBe(0);
    expect(namesIn(stdout)).toEqual([
      `${V1} MutatingAdmissionPolicy fairlead-team-defaults`,
      `${V1} MutatingAdmissionPolicyBinding fairlead-team-defaults`,
      `${V1} ValidatingAdmissionPolicy fairlead-team-deny`,
      `${V1} ValidatingAdmissionPolicyBinding fairlead-team-deny`,
      `${V1} ValidatingAdmissionPolicy fairlead-team-warn`,
      `${V1} ValidatingAdmissionPolicyBinding fairlead-team-warn`,
    ]);
  });

  it("names what CEL cannot say, on standard error and in the output", async () => {
    const { stdout, stderr } = await run("team.yaml");
    for (const text of [stdout, stderr]) {
      expect(text).toContain("team: spec.exempt[0] (a ticket): CEL has no clock");
      expect(text).toContain("team: spec.defaults.type: ");
    }
    expect(stderr.trimEnd().split("\n")).toEqual([
      expect.stringMatching(/^fairlead export: not exported: /),
      expect.stringMatching(/^fairlead export: not exported: /),
    ]);
  });

  it("writes to a file, and depends on version and cluster", async () => {
    checkout.write("cluster.yaml", 'serviceCIDRs: ["10.96.0.0/16"]\nnodePortRange: 40000-42767\n');
    const args = ["--kubernetes-version", "1.34", "--cluster-profile", "cluster.yaml", "--output", "out.yaml"];
    const { code, stdout } = await run("team.yaml", ...args);
    expect([code, stdout]).toEqual([0, ""]);
    const text = readFileSync(join(checkout.folder, "out.yaml"), "utf8").replace(/\s*\n {2,}/g, " ");
    expect(text).toContain("use a port from 40000 to 40085");
    expect(text).toContain("apiVersion: admissionregistration.k8s.io/v1beta1\nkind: MutatingAdmissionPolicy\n");
  });

  it.each([
    { name: "a part that is left out, with --strict", args: ["team.yaml", "--strict"], code: 1, says: "not exported" },
    { name: "a ready-made set in full, with --strict", args: ["baseline", "--strict"], code: 0, says: "" },
    { name: "a policy that is not valid", args: ["bad.yaml"], code: 2, says: "bad.yaml:1:" },
    { name: "an old version", args: ["team.yaml", "--kubernetes-version", "1.29"], code: 2, says: "1.33 or later" },
    { name: "a prefix that is no name", args: ["team.yaml", "--name-prefix", "A_"], code: 2, says: "--name-prefix" },
  ])("exits with $code for $name", async ({ args, code, says }) => {
    checkout.write("bad.yaml", "kind: ServicePolicy\n");
    const result = await run(...args);
    expect([result.code, result.stderr]).toEqual([code, expect.stringContaining(says)]);
  });
});
