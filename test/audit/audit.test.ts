import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { fairlead } from "../check/run-cli.ts";
import { ApiServer } from "../cluster/api-server.ts";
import { Refusal } from "../cluster/store.ts";
import { storedService } from "../cluster/stored-service.ts";

const SERVICES = "/api/v1/services";
const POLICIES = "/apis/fairlead.dev/v1alpha1/servicepolicies";

const stored = (namespace: string, name: string, spec: object, metadata: object = {}): Record<string, unknown> =>
  storedService(namespace, name, spec, { uid: `uid-${name}`, ...metadata });

const policy = (name: string, spec: object): Record<string, unknown> => ({
  apiVersion: "fairlead.dev/v1alpha1",
  kind: "ServicePolicy",
  metadata: { name },
  spec,
});

describe("fairlead audit", () => {
  let server: ApiServer;
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "fairlead-audit-"));
    server = await ApiServer.start();
    server.version = "v1.31.4";
    const padded = stored("shop", "web", { externalIPs: ["010.0.0.1"] }, { managedFields: [{ manager: "kubectl" }] });
    server.store.create(SERVICES, padded);
    server.store.create(SERVICES, stored("team", "api", {}, { labels: { owner: "us" } }));
    for (const [name, tier] of Object.entries({ shop: "prod", team: "test" })) {
      server.store.create("/api/v1/namespaces", { metadata: { name, labels: { tier } } });
    }
  });
  afterEach(async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const audit = (...args: readonly string[]): ReturnType<typeof fairlead> =>
    fairlead(["audit", "--no-config", "--kubeconfig", server.kubeconfig, ...args]);

  const file = async (name: string, content: unknown): Promise<string> => {
    const path = join(folder, name);
    await writeFile(path, JSON.stringify(content));
    return path;
  };

  const requiresOwner = policy("owner", {
    match: { namespaceSelector: { matchLabels: { tier: "prod" } } },
    rules: [{ rule: "required-labels", parameters: { labels: [{ key: "owner" }] } }],
  });

  it("judges by the cluster's own version, and writes nothing", async () => {
    const { code, stdout, stderr } = await audit();
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("1 warning");
    expect(stdout).toContain("in 2 Services");
    expect(stdout).not.toContain("managedFields");
    expect(server.writes).toEqual([]);
  });

  it("tells what another version will refuse", async () => {
    const { code, stdout } = await audit("--kubernetes-version", "1.36");
    expect(code).toBe(1);
    expect(stdout).toContain("shop/web\n    cause  spec.externalIPs[0]: FieldValueInvalid");
  });

  it("judges by policies, which know the namespaces' labels", async () => {
    const { code, stdout } = await audit("--policy", await file("owner.json", requiresOwner), "--format", "json");
    expect(code).toBe(1);
    const report: unknown = JSON.parse(stdout);
    const finding = { policy: "owner", file: "cluster", service: { namespace: "shop", name: "web" } };
    expect(report).toMatchObject({ findings: [{ rule: "address-unreadable" }, finding] });
  });

  it("--cluster-policies: those of the cluster that are in force", async () => {
    server.store.create(POLICIES, requiresOwner);
    server.store.create(POLICIES, policy("broken", { rules: [{ rule: "no-such-rule" }] }));
    expect((await audit()).code).toBe(0);
    const { code, stdout } = await audit("--cluster-policies");
    expect(code).toBe(1);
    expect(stdout).toContain("owner");
    expect(stdout).toContain("the policy broken of the cluster is not in force");
  });

  it("a baseline keeps what is known from failing", async () => {
    const path = join(folder, "baseline.json");
    const newest = ["--kubernetes-version", "1.36"];
    expect((await audit(...newest, "--write-baseline", path)).code).toBe(0);
    expect((await audit(...newest, "--baseline", path)).code).toBe(0);
    server.store.remove(SERVICES, "web");
    expect((await audit(...newest, "--baseline", path)).stderr).toContain(
      "known finding is gone: ip-leading-zeros at spec.externalIPs[0] of shop/web",
    );
  });

  it.each([
    { name: "warnings can fail", args: ["--fail-on", "warning"], code: 1, says: "1 warning" },
    { name: "one namespace", args: ["--namespace", "team"], code: 0, says: "in 1 Service" },
  ])("$name", async ({ args, code, says }) => {
    if (args.includes("--namespace"))
      server.store.create("/api/v1/namespaces/team/services", stored("team", "one", {}));
    const run = await audit(...args);
    expect([run.code, run.stdout]).toEqual([code, expect.stringContaining(says)]);
  });

  it("no Service: exit code 3 only where it is forbidden", async () => {
    expect((await audit("--namespace", "empty")).code).toBe(0);
    const { code, stderr } = await audit("--namespace", "empty", "--fail-if-empty");
    expect([code, stderr]).toEqual([3, expect.stringContaining("there is no Service to judge")]);
  });

  it("says what it may not read, and judges the rest", async () => {
    server.rules.push(({ path }) =>
      path.startsWith("/api/v1/namespaces") ? new Refusal(403, "Forbidden", "no") : undefined,
    );
    const { stdout } = await audit("--policy", await file("owner.json", requiresOwner));
    expect(stdout).toContain("the labels of namespaces may not be read");
  });

  it.each([
    { name: "no permission", status: 403, says: "may not list Services" },
    { name: "an unknown user", status: 401, says: "does not accept the kubeconfig's user" },
    { name: "a server in trouble", status: 500, says: "no" },
  ])("$name: exit code 2", async ({ status, says }) => {
    server.rules.push(({ path }) => (path === "/version" ? undefined : new Refusal(status, "No", "no")));
    const { code, stdout, stderr } = await audit();
    expect([code, stdout, stderr]).toEqual([2, "", expect.stringContaining(says)]);
  });
});
