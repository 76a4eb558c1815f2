import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isObject, type JsonObject, valueAt } from "#src/field/json.ts";
import { type Cluster, makeNamespace, removeNamespace } from "../cluster.ts";
import { NO_OUTAGE, outageByCommand } from "../outage.ts";
import { eventually } from "../process.ts";
import { must, notRun, type Proof, Proofs } from "../proof.ts";
import { REPORT_KINDS, type ReportKind, withReportKinds } from "../report-definitions.ts";
import { type Server, startServer } from "../server.ts";

const NAME = "fairlead-e2e-audit";
const POLICY = {
  apiVersion: "fairlead.dev/v1alpha1",
  kind: "ServicePolicy",
  metadata: { name: "team" },
  spec: { rules: [{ rule: "external-ips", action: "deny" }] },
};

/** The audit in the background: a local process judges what the cluster has already, and writes reports. */
export async function audit(cluster: Cluster): Promise<readonly Proof[]> {
  const proofs = new Proofs();
  const folder = await mkdtemp(join(tmpdir(), "fairlead-e2e-audit-"));
  const policy = join(folder, "policy.json");
  await writeFile(policy, JSON.stringify(POLICY));
  try {
    for (const kind of REPORT_KINDS)
      await withReportKinds(cluster, [kind], () => proveKind(cluster, proofs, kind, policy));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return proofs.all;
}

async function proveKind(
  cluster: Cluster,
  proofs: Proofs,
  { resource, kind }: ReportKind,
  policy: string,
): Promise<void> {
  const [home, shop] = [await makeNamespace(cluster, "home"), await makeNamespace(cluster, "shop")];
  let server: Server | undefined;
  const kubectl = async (args: readonly string[], input?: string): Promise<string> => {
    const { code, stdout, stderr } = await cluster.kubectl(args, input);
    must(code === 0, stderr);
    return stdout;
  };
  const report = async (): Promise<JsonObject | undefined> => {
    const { code, stdout } = await cluster.kubectl(["get", resource, "fairlead", "-n", shop, "-o", "json"]);
    const read: unknown = code === 0 ? JSON.parse(stdout) : undefined;
    return isObject(read) ? read : undefined;
  };
  const failing = (count: number) => async (): Promise<string | undefined> => {
    const read = await report();
    return valueAt(read, ["summary", "fail"]) === count ? JSON.stringify(valueAt(read, ["results"])) : undefined;
  };
  const gone = async (): Promise<true | undefined> => ((await report()) === undefined ? true : undefined);
  const claim = (name: string, address: string | null): Promise<string> =>
    kubectl([
      "patch",
      "service",
      name,
      "-n",
      shop,
      "--type=merge",
      "-p",
      JSON.stringify({ spec: { externalIPs: address === null ? null : [address] } }),
    ]);
  try {
    await kubectl(["apply", "-f", "-"], JSON.stringify(registration()));
    for (const name of ["web", "api"]) await kubectl(["create", "service", "clusterip", name, "--tcp=80", "-n", shop]);
    await claim("web", "192.0.2.1");
    server = await startServer(configOf(home, policy));

    await proofs.prove(`a ${kind} lists what was there before`, async () => {
      const results = await eventually("the report", failing(1));
      must(results.includes('"external-ips"') && results.includes('"web"'), results);
      return results;
    });
    await proofs.prove(`a ${kind} is kept current, and an Event tells what is new`, async () => {
      await claim("api", "192.0.2.2");
      const results = await eventually("the second result", failing(2));
      const events = await eventually("the Event", async () => {
        const text = await kubectl([
          "get",
          "events",
          "-n",
          shop,
          "-o",
          "jsonpath={range .items[*]}{.reason} {.involvedObject.name}{end}",
        ]);
        return text.includes("PolicyViolation api") ? text : undefined;
      });
      must(results.includes('"api"'), results);
      return events;
    });
    const outage = outageByCommand();
    if (outage === undefined)
      proofs.all.push(notRun(`a ${kind} is current after an outage of the API server`, NO_OUTAGE));
    else
      await proofs.prove(`a ${kind} is current after an outage of the API server`, async () => {
        await outage.pause();
        await new Promise((resolve) => setTimeout(resolve, 8000));
        await outage.resume();
        await eventually("the API server is back", async () => {
          const { code } = await cluster.kubectl(["get", "services", "-n", shop]);
          return code === 0 ? true : undefined;
        });
        await claim("api", null);
        return eventually("one result less", failing(1));
      });
    await proofs.prove(`a ${kind} is deleted when all is mended`, async () => {
      await claim("web", null);
      await claim("api", null);
      await eventually("no report", gone);
      return "deleted";
    });
    await proofs.prove(`a ${kind} goes with the webhook configuration`, async () => {
      await claim("web", "192.0.2.1");
      await eventually("the report", failing(1));
      await server?.stop();
      server = undefined;
      await kubectl(["delete", "validatingwebhookconfiguration", NAME]);
      await eventually("the garbage collector", gone);
      return "collected";
    });
  } finally {
    await server?.stop();
    await cluster.kubectl(["delete", "validatingwebhookconfiguration", NAME, "--ignore-not-found"]);
    for (const namespace of [home, shop]) await removeNamespace(cluster, namespace);
  }
}

/** What a release would own its reports by; nothing is sent to it. */
function registration(): JsonObject {
  return {
    apiVersion: "admissionregistration.k8s.io/v1",
    kind: "ValidatingWebhookConfiguration",
    metadata: { name: NAME },
    webhooks: [],
  };
}

function configOf(home: string, policy: string): JsonObject {
  return {
    policies: [policy],
    audit: { mode: "reports" },
    kubernetes: { lease: NAME, validating: [NAME], mutating: [], heartbeatSeconds: 1, replica: NAME },
    exempt: { ownNamespace: home },
  };
}
