import { describe, expect, it } from "@jest/globals";
import { parse } from "yaml";
import { valueAt } from "#src/field/json.ts";
import { itemsAt, nameOf, only, render, type Rendering, textAt } from "./support/chart.ts";

/** One right: what may be done to what, where; named objects only, where RBAC can name them. */
interface Right {
  readonly where: string;
  readonly resource: string;
  readonly names?: readonly string[];
  readonly verbs: readonly string[];
}

/** All that Fairlead's service account may do. */
async function rights(rendering: Rendering): Promise<readonly Right[]> {
  const objects = await render(rendering);
  const roles = objects.filter(({ kind }) => kind === "ClusterRole" || kind === "Role");
  return roles.filter((role) => !nameOf(role).startsWith("fairlead-test")).flatMap((role) => rightsIn(role));
}

function rightsIn(role: unknown): readonly Right[] {
  const where = textAt(role, "metadata", "namespace") || "cluster";
  return itemsAt(role, "rules").flatMap((rule) => {
    const names = texts(rule, "resourceNames");
    const verbs = texts(rule, "verbs");
    return texts(rule, "resources").map((resource) => ({ where, resource, ...(names.length > 0 && { names }), verbs }));
  });
}

function texts(value: unknown, key: string): readonly string[] {
  return itemsAt(value, key).map(String);
}

const READ_ONLY = ["get", "watch"];
const named = ["fairlead"];
const COMMON: readonly Right[] = [
  { where: "cluster", resource: "servicepolicies", verbs: ["list", "watch"] },
  { where: "cluster", resource: "servicepolicies/status", verbs: ["patch"] },
  { where: "cluster", resource: "namespaces", verbs: ["list", "watch"] },
  { where: "fairlead", resource: "leases", names: named, verbs: ["get", "update"] },
];
const SERVICE_CIDRS: readonly Right[] = [{ where: "cluster", resource: "servicecidrs", verbs: ["list"] }];
const DRY_RUN: readonly Right[] = [
  { where: "default", resource: "services", names: ["kubernetes"], verbs: ["get"] },
  { where: "fairlead", resource: "services", verbs: ["create"] },
];

const AUDIT: readonly Right[] = [
  { where: "cluster", resource: "services", verbs: ["list", "watch"] },
  { where: "cluster", resource: "reports", verbs: ["list", "create", "patch", "delete"] },
  { where: "cluster", resource: "policyreports", verbs: ["list", "create", "patch", "delete"] },
  { where: "cluster", resource: "events", verbs: ["create"] },
  { where: "cluster", resource: "clusterroles", names: ["fairlead-audit"], verbs: ["get"] },
];

function registrations(verbs: readonly string[]): readonly Right[] {
  const kinds = ["mutatingwebhookconfigurations", "validatingwebhookconfigurations"];
  return kinds.map((resource) => ({ where: "cluster", resource, names: named, verbs }));
}

describe("the service account may do this and no more", () => {
  it.each([
    {
      name: "with certificates of its own making",
      values: {},
      kubeVersion: "1.36.0",
      want: [
        ...SERVICE_CIDRS,
        ...registrations([...READ_ONLY, "patch"]),
        { where: "fairlead", resource: "secrets", names: ["fairlead-tls"], verbs: [...READ_ONLY, "update"] },
      ],
    },
    {
      name: "on a cluster without ServiceCIDR objects",
      values: {},
      kubeVersion: "1.32.9",
      want: [
        ...DRY_RUN,
        ...registrations([...READ_ONLY, "patch"]),
        { where: "fairlead", resource: "secrets", names: ["fairlead-tls"], verbs: [...READ_ONLY, "update"] },
      ],
    },
    {
      name: "with the address ranges told, on an old cluster",
      values: { cluster: { serviceCIDRs: ["10.96.0.0/16"] } },
      kubeVersion: "1.32.9",
      want: [
        ...registrations([...READ_ONLY, "patch"]),
        { where: "fairlead", resource: "secrets", names: ["fairlead-tls"], verbs: [...READ_ONLY, "update"] },
      ],
    },
    {
      name: "with certificates of cert-manager's, which are mounted",
      kubeVersion: "1.33.0",
      values: { certificates: { mode: "cert-manager" } },
      want: [...SERVICE_CIDRS, ...registrations(READ_ONLY)],
    },
    {
      name: "with a certificate of the user's, which is mounted",
      kubeVersion: "1.33.0",
      values: { certificates: { mode: "provided", secretName: "own", caBundle: "-----BEGIN CERTIFICATE-----" } },
      want: [...SERVICE_CIDRS, ...registrations(READ_ONLY)],
    },
    {
      name: "with the audit, in a role of its own",
      kubeVersion: "1.33.0",
      values: { certificates: { mode: "cert-manager" }, audit: { enabled: true } },
      want: [...SERVICE_CIDRS, ...registrations(READ_ONLY), ...AUDIT],
    },
  ])("$name", async ({ values, kubeVersion, want }) => {
    const found = await rights({ values, kubeVersion });
    expect(new Set(found)).toEqual(new Set([...COMMON, ...want]));
  });

  it("never anything with a wildcard, and nothing that creates or deletes", async () => {
    const found = await rights({});
    expect(found.flatMap(({ verbs }) => verbs)).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/^(\*|create|delete.*)$/)]),
    );
    expect(JSON.stringify(found)).not.toContain("*");
  });

  it("through bindings to it alone", async () => {
    const objects = await render({ namespace: "elsewhere", kubeVersion: "1.32.0" });
    const bindings = objects.filter(({ kind }) => kind === "ClusterRoleBinding" || kind === "RoleBinding");
    const own = bindings.filter((binding) => !nameOf(binding).startsWith("fairlead-test"));
    for (const binding of own) {
      const role = only(objects, textAt(binding, "roleRef", "kind"), textAt(binding, "roleRef", "name"));
      expect(textAt(role, "metadata", "namespace")).toBe(textAt(binding, "metadata", "namespace"));
      expect(valueAt(binding, ["subjects"])).toEqual([
        { kind: "ServiceAccount", name: "fairlead", namespace: "elsewhere" },
      ]);
    }
    expect(own).toHaveLength(3);
  });
});

describe("the reports of the audit", () => {
  it.each([
    { name: "are owned by its role", values: {}, owner: "fairlead-audit" },
    { name: "are left to the registration without roles", values: { rbac: { create: false } }, owner: undefined },
  ])("$name", async ({ values, owner }) => {
    const objects = await render({ values: { ...values, audit: { enabled: true } } });
    const config: unknown = parse(textAt(only(objects, "ConfigMap", "fairlead"), "data", "config.yaml"));
    expect(valueAt(config, ["audit", "owner"])).toBe(owner);
    expect(objects.some((object) => object.kind === "ClusterRole" && nameOf(object) === owner)).toBe(
      owner !== undefined,
    );
  });
});

describe("helm test", () => {
  it("may ask for Services where it does so, and goes away with its rights", async () => {
    const objects = await render({ values: { test: { namespace: "apps" } } });
    const role = only(objects, "Role", "fairlead-test-fairlead");
    expect(rightsIn(role)).toEqual([{ where: "apps", resource: "services", verbs: ["create"] }]);
    const hooks = objects.filter((object) => valueAt(object, ["metadata", "annotations", "helm.sh/hook"]) === "test");
    expect(hooks.map(({ kind }) => kind).toSorted()).toEqual([
      "ConfigMap",
      "Pod",
      "Role",
      "RoleBinding",
      "ServiceAccount",
    ]);
    for (const hook of hooks) {
      expect(textAt(hook, "metadata", "annotations", "helm.sh/hook-delete-policy")).toBe(
        "before-hook-creation,hook-succeeded",
      );
    }
  });
});
