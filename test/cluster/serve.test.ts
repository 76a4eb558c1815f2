import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { objectsAt, textAt } from "#src/cluster/api/kubernetes-api.ts";
import { POLICIES_PATH } from "#src/cluster/policies/status.ts";
import { isObject, type JsonObject } from "#src/field/json.ts";
import { only, render } from "../charts/support/chart.ts";
import { killAfterTest } from "../cleanup.ts";
import { readReviewFile } from "../reviews/reviews.ts";
import { type Reply, send, until } from "../webhook/harness.ts";
import { ApiServer } from "./api-server.ts";
import { CLI } from "../paths.ts";

const HOST = "fairlead.fairlead.svc";
const GROUP = "/apis/admissionregistration.k8s.io/v1";
const VALIDATING = `${GROUP}/validatingwebhookconfigurations`;
const LEASES = "/apis/coordination.k8s.io/v1/namespaces/fairlead/leases";
/** The chart's objects that the server works with, and their collections. */
const STATE = { Secret: "/api/v1/namespaces/fairlead/secrets", Lease: LEASES };
const WEBHOOK_CONFIGURATIONS = {
  MutatingWebhookConfiguration: `${GROUP}/mutatingwebhookconfigurations`,
  ValidatingWebhookConfiguration: VALIDATING,
};

describe("the command, with the configuration and the objects that the chart makes", () => {
  let api: ApiServer;
  let folder: string;
  let child: ReturnType<typeof spawn>;
  let output = "";
  let ready: JsonObject = {};
  let reasons = "";

  const lines = (): JsonObject[] =>
    output.split("\n").flatMap((line) => {
      const value: unknown = line.startsWith("{") && line.endsWith("}") ? JSON.parse(line) : undefined;
      return isObject(value) ? [value] : [];
    });

  beforeAll(async () => {
    api = await ApiServer.start();
    api.store.create("/apis/networking.k8s.io/v1/servicecidrs", {
      metadata: { name: "kubernetes" },
      spec: { cidrs: ["10.96.0.0/16"] },
    });
    const objects = await render({ kubeVersion: "1.33.0" });
    const create = (collections: Readonly<Record<string, string>>): void => {
      for (const [kind, collection] of Object.entries(collections)) api.store.create(collection, only(objects, kind));
    };
    create(STATE);
    folder = await mkdtemp(join(tmpdir(), "fairlead-serve-"));
    const config = join(folder, "config.yaml");
    await writeFile(config, textAt(only(objects, "ConfigMap", "fairlead"), "data", "config.yaml") ?? "");
    const args = [CLI, "serve", "--config", config, "--kubeconfig", api.kubeconfig, "--replica", "fairlead-a"];
    child = killAfterTest(
      spawn(process.execPath, [...args, "--port", "0", "--health-port", "0", "--drain", "0"], {
        stdio: ["ignore", "pipe", "inherit"],
      }),
    );
    child.stdout?.setEncoding("utf8").on("data", (chunk: string) => (output += chunk));
    const lastReasons = (): string => String(lines().findLast(({ msg }) => msg === "not ready")?.["reasons"]);
    await until(() => lastReasons().includes("does not exist"), "the reasons why it is not ready");
    reasons = lastReasons();
    // Helm creates the webhook configurations after everything else.
    create(WEBHOOK_CONFIGURATIONS);
    await until(() => lines().some(({ msg }) => msg === "ready"), "the ready line");
    ready = lines().find(({ msg }) => msg === "ready") ?? {};
  });

  afterAll(async () => {
    if (child.exitCode === null) {
      child.kill("SIGKILL");
      await once(child, "exit");
    }
    await api.stop();
    await rm(folder, { recursive: true });
  });

  /** Calls as the API server does: under the Service's name, trusting only the webhook's caBundle. */
  function call(entry: string, path: string, body: unknown): Promise<Reply> {
    const webhook = objectsAt(api.store.get(VALIDATING, "fairlead"), "webhooks").find(({ name }) => name === entry);
    const ca = Buffer.from(textAt(webhook, "clientConfig", "caBundle") ?? "", "base64").toString();
    return send(request, body, {
      ...{ host: "127.0.0.1", port: Number(ready["port"]), path, method: "POST", agent: false, ca, servername: HOST },
      headers: { "Content-Type": "application/json" },
    });
  }

  async function metrics(): Promise<string> {
    return (await fetch(`http://127.0.0.1:${Number(ready["healthPort"])}/metrics`)).text();
  }

  it("is not ready before it is registered, and says so", () => {
    expect(reasons).toBe(
      "the API server does not call this server: MutatingWebhookConfiguration fairlead does not exist; " +
        "ValidatingWebhookConfiguration fairlead does not exist",
    );
  });

  it.each(["deny.fairlead.dev", "policies.fairlead.dev"])("answers who trusts the caBundle of %s", async (entry) => {
    const { review } = readReviewFile("create-main-kubectl-create-np-validating.json");
    expect(await call(entry, "/validate", review)).toMatchObject({ status: 200 });
  });

  it("answers for policies, and has those of the cluster in force", async () => {
    const policy = (spec: JsonObject): JsonObject => ({
      apiVersion: "fairlead.dev/v1alpha1",
      kind: "ServicePolicy",
      metadata: { name: "team" },
      spec,
    });
    const { text } = await call("policies.fairlead.dev", "/policies", {
      apiVersion: "admission.k8s.io/v1",
      kind: "AdmissionReview",
      request: {
        uid: "1",
        kind: { group: "fairlead.dev", version: "v1alpha1", kind: "ServicePolicy" },
        resource: { group: "fairlead.dev", version: "v1alpha1", resource: "servicepolicies" },
        name: "team",
        operation: "CREATE",
        object: policy({ rules: [{ rule: "no-such-rule" }] }),
        oldObject: null,
      },
    });
    expect(text).toContain("spec.rules[0].rule");

    api.store.create(POLICIES_PATH, policy({ rules: [{ rule: "named-ports", action: "warn" }] }));
    const condition = (): JsonObject | undefined =>
      objectsAt(api.store.get(POLICIES_PATH, "team"), "status", "conditions")[0];
    await until(() => condition()?.["status"] === "True", "the policy's status");
    expect(await metrics()).toContain('fairlead_policies{state="in_force"} 1');
  });

  it("shows what it found out of the cluster, and when leaf and CA end", async () => {
    const text = await metrics();
    expect(text).toContain(
      'fairlead_cluster_info{kubernetes="1.33",service_cidrs="10.96.0.0/16",node_port_range="30000-32767"} 1',
    );
    const ends = [...text.matchAll(/fairlead_certificate_expiry_timestamp_seconds\{certificate="(\w+)"\} (\S+)/g)];
    const year = 365 * 24 * 3600;
    expect(ends.map(([, which]) => which).toSorted()).toEqual(["ca", "leaf"]);
    for (const [, , end] of ends) expect(Math.abs(Number(end) - Date.now() / 1000 - year)).toBeLessThan(3600);
  });

  it("is in the Lease while it runs, and says goodbye when it is told to end", async () => {
    const [collection, name] = [LEASES, "fairlead"];
    const entry = (): string | undefined =>
      textAt(api.store.get(collection, name), "metadata", "annotations", "replica.fairlead.dev/fairlead-a");
    expect(JSON.parse(entry() ?? "")).toMatchObject({ certificate: expect.stringMatching(/^[0-9a-f]{64}$/) });
    const ended = once(child, "exit");
    child.kill("SIGTERM");
    expect(await ended).toEqual([0, null]);
    expect(entry()).toBeUndefined();
  });
});
