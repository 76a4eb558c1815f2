import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { type ClientSettings, clientSettingsOf, settingProblems } from "#src/lsp/projects/index.ts";
import { BAD, Checkout, WITH_EXTERNAL_IP } from "#test/check/checkout.ts";
import { Estate } from "../estate.ts";

const POLICY = `apiVersion: fairlead.dev/v1alpha1
kind: ServicePolicy
metadata: { name: team }
spec: { rules: [{ rule: external-ips }] }
`;

let checkout: Checkout;
beforeEach(() => {
  checkout = new Checkout();
  checkout.write("bad.yaml", BAD);
  checkout.write("sub/external.yaml", WITH_EXTERNAL_IP);
  checkout.write("policies/team.yaml", POLICY);
  checkout.write("empty/readme.md", "");
});
afterEach(() => {
  checkout.remove();
});

async function codes(estate: Estate, name: string): Promise<unknown[]> {
  estate.open(name);
  return (await estate.diagnostics(name)).map(({ code }) => code);
}

test.each([
  { from: "the workspace folder", policy: (): string => "policies" },
  { from: "the root", policy: (): string => join(checkout.folder, "policies/team.yaml") },
])(
  "a policy of the editor's settings is found from $from, also where a folder has settings of its own",
  async (row) => {
    checkout.write("sub/.fairlead.yaml", "kubernetesVersion: 1.34\n");
    const estate = new Estate(checkout, { policy: [row.policy()] });
    expect(await codes(estate, "sub/external.yaml")).toContain("policy/external-ips");
    expect(estate.told).toEqual([]);
    estate.end();
  },
);

describe("settings that cannot be used from the start", () => {
  test.each<{ readonly client?: Partial<ClientSettings>; readonly config?: string; readonly says: string }>([
    {
      client: { kubernetesVersion: "latest" },
      says: 'fairlead.kubernetesVersion: "latest" is not a Kubernetes version',
    },
    { client: { policy: ["empty"] }, says: "fairlead.policy: empty: holds no policy file" },
    { client: { policy: ["none.yaml"] }, says: "fairlead.policy: none.yaml: there is no such file" },
    {
      config: "failOn: error\nagainst: git:main\n",
      says: ".fairlead.yaml:2: against git: ",
    },
    { config: "failOn: error\npolicy: [empty]\n", says: ".fairlead.yaml:2: policy: empty: holds no policy file" },
    {
      config: "kubernetesVersion: latest\n",
      says: '.fairlead.yaml:1: kubernetesVersion: "latest" is not a Kubernetes',
    },
    {
      config: "openshiftVersion: 4.20\nkubernetesVersion: 1.30\n",
      says: ".fairlead.yaml:1: OpenShift 4.20 is Kubernetes",
    },
    { config: "\nfailon: error\n", says: ".fairlead.yaml:2: failon is not an option" },
    {
      client: { kubernetesVersion: "latest" },
      config: "policy: [policies]\napply: none\n",
      says: ".fairlead.yaml:2: apply: ",
    },
  ])("are named, and the others are used: $says", async ({ client = {}, config, says }) => {
    if (config !== undefined) checkout.write(".fairlead.yaml", config);
    const estate = new Estate(checkout, client);
    expect(await codes(estate, "bad.yaml")).toContain("port-range");
    expect(estate.told.join("\n")).toContain(says);
    expect(estate.told.join("\n")).toContain("the other settings are used");
    const { problems } = estate.projects.of(join(checkout.folder, "bad.yaml"));
    expect(problems).toHaveLength(config === undefined ? 0 : 1);
    const policies = config?.includes("policies") === true ? ["policy/external-ips"] : [];
    expect(await codes(estate, "sub/external.yaml")).toEqual(["external-ips-deprecated", ...policies]);
    estate.end();
  });

  test("are shown where a policy is wrong", async () => {
    checkout.write(".fairlead.yaml", "policy: [policies]\n");
    checkout.write("policies/team.yaml", POLICY.replace("external-ips", "no-such-rule"));
    const estate = new Estate(checkout);
    expect(await codes(estate, "bad.yaml")).toContain("port-range");
    const { problems } = estate.projects.of(join(checkout.folder, "bad.yaml"));
    expect(problems).toMatchObject([{ file: join(checkout.folder, "policies/team.yaml"), line: 4 }]);
    estate.end();
  });
});

test.each([
  { settings: { kubernetesVersion: 1.3 }, read: { kubernetesVersion: "1.30" } },
  {
    settings: { kubernetesVersion: 1.34, policy: "baseline" },
    read: { kubernetesVersion: "1.34", policy: ["baseline"] },
  },
  {
    settings: { enable: false, policy: [], against: "", path: "x", trace: { server: "off" } },
    read: { enable: false },
  },
  {
    settings: { kubernetesVersion: 1.345 },
    problem: 'fairlead.kubernetesVersion must be a version in quotes, such as "1.34"',
  },
  {
    settings: { kubernetesVerison: "1.34" },
    problem: "fairlead.kubernetesVerison is not a setting; did you mean fairlead.kubernetesVersion?",
  },
  { settings: { enable: "false" }, problem: "fairlead.enable must be true or false" },
  { settings: { policy: [1] }, problem: "fairlead.policy must be a list of names and paths" },
  { settings: null },
])("the editor's settings $settings", ({ settings, read = {}, problem }) => {
  expect(clientSettingsOf(settings)).toEqual({ enable: true, inlayHints: false, ...read });
  expect(settingProblems(settings)).toEqual(problem === undefined ? [] : [problem]);
});
