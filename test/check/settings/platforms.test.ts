import { readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { Ajv } from "ajv";
import { CLUSTER_PROFILE_SCHEMA } from "#src/check/settings/cluster-profile-schema.ts";
import { PLATFORMS } from "#src/service/cluster/platforms.ts";
import { fairlead } from "../run-cli.ts";

const ADDRESSES = [
  "10.96.0.10",
  "10.111.0.10",
  "10.43.0.10",
  "10.100.0.10",
  "172.20.0.10",
  "34.118.224.10",
  "10.0.0.10",
  "172.30.0.10",
] as const;

/** By platform: the addresses above that its clusters may have. */
const ACCEPTED: Readonly<Record<keyof typeof PLATFORMS, readonly string[]>> = {
  kubeadm: ["10.96.0.10", "10.111.0.10", "10.100.0.10"],
  k3s: ["10.43.0.10"],
  rke2: ["10.43.0.10"],
  eks: ["10.100.0.10", "172.20.0.10"],
  gke: ["34.118.224.10"],
  aks: ["10.0.0.10"],
  openshift: ["172.30.0.10"],
  kind: ["10.96.0.10"],
  minikube: ["10.96.0.10", "10.111.0.10", "10.100.0.10"],
};

const manifests = ADDRESSES.map(
  (address, index) =>
    `apiVersion: v1\nkind: Service\nmetadata: { name: web-${index} }\nspec: { clusterIP: ${address}, ports: [{ port: 80 }] }\n`,
).join("---\n");

describe("the profiles of platforms", () => {
  it.each(Object.entries(ACCEPTED))("%s", async (name, accepted) => {
    const { code, stdout } = await fairlead(["check", "--cluster-profile", name, "-"], { input: manifests });
    expect(code).toBe(1);
    const isRefused = (address: string): boolean =>
      stdout.includes(`"${address}"`) || stdout.includes(`found ${address}`);
    expect(ADDRESSES.filter((address) => !isRefused(address))).toEqual(accepted);
  });

  it("without a profile no address is refused, and one note names the options", async () => {
    const { code, stdout, stderr } = await fairlead(["check", "-"], { input: manifests });
    expect(code).toBe(0);
    const notes = `${stdout}${stderr}`.split("\n").filter((line) => line.includes("--service-cidr"));
    expect(notes).toEqual([expect.stringMatching(/^8 Services .*--service-cidr or --cluster-profile$/)]);
  });

  it("a Service that leaves everything to the cluster needs no note", async () => {
    const input = "apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec: { ports: [{ port: 80 }] }\n";
    const { stdout, stderr } = await fairlead(["check", "-"], { input });
    expect(`${stdout}${stderr}`).not.toContain("--service-cidr");
  });

  it("the documentation shows each with its source", () => {
    const page = readFileSync("docs/cluster-profiles.md", "utf8");
    for (const [name, { source }] of Object.entries(PLATFORMS)) {
      expect(page).toMatch(new RegExp(`^\\| \`${name}\` .*`, "m"));
      expect(page).toContain(source);
    }
  });
});

describe("the schema of a cluster profile", () => {
  const isProfile = new Ajv({ strict: true }).compile(CLUSTER_PROFILE_SCHEMA);
  it.each([
    { profile: { serviceCIDRs: ["10.96.0.0/16", "fd00::/112"], nodePortRange: "30000-32767" }, valid: true },
    { profile: { serviceCIDRs: ["10.96.0.0/16"] }, valid: true },
    { profile: { serviceCIDRs: [] }, valid: false },
    { profile: { serviceCIDRs: ["10.96.0.0"] }, valid: false },
    { profile: { nodePortRange: "30000-32767" }, valid: false },
    { profile: { serviceCIDRs: ["10.96.0.0/16"], nodePortRange: 30000 }, valid: false },
    { profile: { serviceCIDRs: ["10.96.0.0/16"], serviceCidrs: [] }, valid: false },
  ])("$profile", ({ profile, valid }) => {
    expect(isProfile(profile)).toBe(valid);
  });
});
