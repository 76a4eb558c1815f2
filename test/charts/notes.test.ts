import { describe, expect, it } from "@jest/globals";
import type { JsonObject } from "#src/field/json.ts";
import { CHART, helm } from "./support/chart.ts";

/** What `helm install` says at its end, for a cluster of Helm's choice. */
async function notes(values: JsonObject): Promise<string> {
  const set = Object.entries(values).flatMap(([key, value]) => ["--set-json", `${key}=${JSON.stringify(value)}`]);
  const dryRun = ["install", "fairlead", CHART, "--namespace", "fairlead", "--dry-run=client"];
  const { ok, output } = await helm(...dryRun, ...set);
  expect({ ok, output: ok ? "" : output }).toEqual({ ok: true, output: "" });
  return output.slice(output.indexOf("NOTES:"));
}

const CERT_MANAGER = { certificates: { mode: "cert-manager" } };

describe("the notes", () => {
  it.each([
    {
      name: "say how to see it work",
      values: {},
      says: [
        "rollout status deployment/fairlead",
        "kubectl -n default create service clusterip try --tcp=80 --clusterip=10.96.0.300 --dry-run=server",
        "helm test fairlead -n fairlead",
        "kubectl get servicepolicies",
        "defaults: Ignore, denials: Ignore, warnings: Ignore",
      ],
    },
    {
      name: "say what an outage means for each entry",
      values: { webhook: { failurePolicy: { deny: "Fail" } } },
      says: ["denials: Fail", "namespaces kube-system, kube-node-lease, fairlead"],
    },
    {
      name: "say where the configuration of a server outside of the cluster is",
      values: { replicaCount: 0, webhook: { url: "https://192.0.2.7:8443" } },
      says: ["get configmap fairlead -o jsonpath=", "https://192.0.2.7:8443"],
    },
    {
      name: "name what was left out",
      values: { metrics: { serviceMonitor: { enabled: true }, prometheusRule: { enabled: true } } },
      says: ["omitted", "ServiceMonitor", "PrometheusRule"],
    },
    {
      name: "say which ports are open on the nodes",
      values: { hostNetwork: true, containerPorts: { webhook: 9443 } },
      says: ["NetworkPolicies have no effect: ports 9443 and 8080"],
    },
    {
      name: "say that policies came last, which they do once",
      values: { policies: { enabled: ["advice", "baseline"] } },
      says: ["the policies advice, baseline are created by a hook on the first installation"],
    },
    {
      name: "say that nothing bounds what a replica may write, where the cluster cannot",
      values: {},
      says: ["omitted", "rbac.boundWrites (ValidatingAdmissionPolicy, Kubernetes 1.30)"],
    },
  ])("$name", async ({ values, says }) => {
    const said = await notes(values);
    for (const part of says) expect(said).toContain(part);
  });

  it.each<JsonObject>([{ rbac: { boundWrites: "never" } }, { rbac: { boundWrites: "always" } }, CERT_MANAGER])(
    "name no bound where none is missed: %j",
    async (values) => {
      expect(await notes(values)).not.toContain("boundWrites");
    },
  );

  it("name no test where there is none", async () => {
    expect(await notes({ test: { namespace: "kube-system" } })).not.toContain("helm test");
  });
});
