import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { fairlead } from "../check/run-cli.ts";
import { ApiServer } from "../cluster/api-server.ts";
import { Refusal } from "../cluster/store.ts";
import { storedService as stored } from "../cluster/stored-service.ts";

describe("fairlead upgrade --from-cluster", () => {
  let server: ApiServer;
  beforeEach(async () => {
    server = await ApiServer.start();
    server.version = "v1.31.4";
    const padded = stored("shop", "web", { externalIPs: ["010.0.0.1"] }, { managedFields: [{ manager: "kubectl" }] });
    server.store.create("/api/v1/services", padded);
    server.store.create("/api/v1/services", stored("shop", "api", {}));
    server.store.create("/api/v1/namespaces/team/services", stored("team", "one", {}));
  });
  afterEach(async () => {
    await server.stop();
  });

  const upgrade = (...args: readonly string[]): ReturnType<typeof fairlead> =>
    fairlead(["upgrade", "--no-config", "--from-cluster", "--kubeconfig", server.kubeconfig, ...args]);

  it("reads the version and what is stored, and writes nothing", async () => {
    const { code, stdout, stderr } = await upgrade("--to", "1.36");
    expect([code, stderr]).toEqual([1, ""]);
    for (const text of [
      'Kubernetes 1.36 refuses it if it is created anew, while a stored one can be applied again: "010.0.0.1"',
      "shop/web\n    cause  spec.externalIPs[0]: FieldValueInvalid",
      "- 010.0.0.1",
      "from Kubernetes 1.31 to Kubernetes 1.36: 1 Service newly refused (1 of them only if created anew), 1 newly warned",
      "in 2 Services",
    ]) {
      expect(stdout).toContain(text);
    }
    expect(stdout).not.toContain("managedFields");
    expect(server.writes).toEqual([]);
  });

  it("reads page by page", async () => {
    const asked: (string | null)[] = [];
    server.rules.push(({ path, query }) => {
      if (path === "/api/v1/services") asked.push(query.get("continue"));
      return undefined;
    });
    server.pages = ["next page", ""];
    expect((await upgrade()).stdout).toContain("in 4 Services");
    expect(asked).toEqual([null, "next page"]);
  });

  it.each([
    { name: "another version than the cluster's", args: ["--from", "1.35"], says: "from Kubernetes 1.35 to" },
    { name: "one namespace", args: ["--namespace", "team"], says: "in 1 Service " },
  ])("$name", async ({ args, says }) => {
    expect((await upgrade(...args)).stdout).toContain(says);
  });

  it.each([
    { name: "no permission", status: 403, says: "may not list Services" },
    { name: "an unknown user", status: 401, says: "does not accept the kubeconfig's user" },
    { name: "a server in trouble", status: 500, says: "no" },
  ])("$name: exit code 2", async ({ status, says }) => {
    server.rules.push(({ path }) => (path === "/version" ? undefined : new Refusal(status, "No", "no")));
    const { code, stdout, stderr } = await upgrade();
    expect([code, stdout, stderr]).toEqual([2, "", expect.stringContaining(says)]);
  });

  it("a cluster that does not tell its version", async () => {
    server.rules.push(({ path }) => (path === "/version" ? new Refusal(403, "Forbidden", "no") : undefined));
    const { code, stderr } = await upgrade();
    expect([code, stderr]).toEqual([2, expect.stringContaining("name it with --from")]);
  });

  it("no kubeconfig", async () => {
    const { code, stderr } = await fairlead(["upgrade", "--no-config", "--from-cluster", "--kubeconfig", "absent"]);
    expect([code, stderr]).toEqual([2, expect.stringContaining("there is no such file")]);
  });
});
