import { isObject, type JsonObject, valueAt } from "#src/field/json.ts";
import { type Cluster, get, makeNamespace, register, removeNamespace } from "../cluster.ts";
import { eventually } from "../process.ts";
import { must, type Proof, Proofs } from "../proof.ts";
import { type Server, startServer } from "../server.ts";

const LABEL = "e2e.fairlead.dev/webhook";

/** A review through a real API server: defaulted, warned about, judged again with its addresses, left unchanged. */
export async function webhook(cluster: Cluster): Promise<readonly Proof[]> {
  const server = await startServer({
    defaults: { ipFamilyPolicy: "PreferDualStack" },
    cluster: { version: cluster.version },
    // Bodies are logged only at this level.
    log: { level: "debug" },
  });
  const proofs = new Proofs();
  try {
    await inNamespace(cluster, server, proofs);
  } finally {
    const code = await server.stop();
    proofs.all.push({
      what: "SIGTERM ends the server with exit code 0",
      holds: code === 0,
      seen: `exit code ${String(code)}`,
    });
  }
  return proofs.all;
}

/** Runs with a namespace and a webhook configuration of its own, and removes both in any case. */
async function inNamespace(cluster: Cluster, server: Server, proofs: Proofs): Promise<void> {
  const namespace = await makeNamespace(cluster, LABEL);
  let unregister: (() => Promise<void>) | undefined;
  try {
    const url = `https://127.0.0.1:${server.port}`;
    unregister = await register(cluster, { url, ca: server.ca, label: LABEL, namespace });
    await called(cluster, namespace, server);
    await proveAll({ cluster, namespace, server, proofs });
  } finally {
    await unregister?.();
    await removeNamespace(cluster, namespace);
  }
}

interface Stage {
  readonly cluster: Cluster;
  readonly namespace: string;
  readonly server: Server;
  readonly proofs: Proofs;
}

/** A webhook configuration takes a moment to reach the API server's watch. */
async function called(cluster: Cluster, namespace: string, server: Server): Promise<void> {
  await eventually("the first review", async () => {
    await cluster.kubectl(["-n", namespace, "create", "service", "clusterip", "probe", "--tcp=80", "--dry-run=server"]);
    return reviews(server).find((line) => line["service"] === `${namespace}/probe` && line["phase"] === "validate");
  });
}

function reviews(server: Server): readonly JsonObject[] {
  return server.log().filter((line) => line["msg"] === "review");
}

function manifest(name: string, spec: JsonObject): string {
  return JSON.stringify({ apiVersion: "v1", kind: "Service", metadata: { name }, spec });
}

// Server-side apply on older servers requires the protocol, which is part of a port's key.
const WEB = manifest("web", { selector: { app: "web" }, ports: [{ port: 80, protocol: "TCP" }] });

async function proveAll({ cluster, namespace, server, proofs }: Stage): Promise<void> {
  const kubectl = (args: readonly string[], input?: string): ReturnType<Cluster["kubectl"]> =>
    cluster.kubectl(["-n", namespace, ...args], input);

  await proofs.prove("a Service gets the configured PreferDualStack, and two addresses", async () => {
    const applied = await kubectl(["apply", "-f", "-"], WEB);
    must(applied.code === 0, applied.stderr);
    const spec = (await get(cluster, namespace, "web"))["spec"];
    const addresses = isObject(spec) ? spec["clusterIPs"] : undefined;
    must(valueAt(spec, ["ipFamilyPolicy"]) === "PreferDualStack" && Array.isArray(addresses), JSON.stringify(spec));
    must(addresses.length === 2, `${JSON.stringify(addresses)}; a single-stack cluster gives one`);
    return `ipFamilyPolicy PreferDualStack, clusterIPs ${JSON.stringify(addresses)}`;
  });
  await proofs.prove("/validate is called with the allocated object", async () => {
    const line = await eventually("the review in the log", () =>
      reviews(server).find((one) => one["service"] === `${namespace}/web` && one["phase"] === "validate"),
    );
    const body = server.log().find((one) => one["msg"] === "review body" && one["uid"] === line["uid"]);
    const addresses = valueAt(body, ["object", "spec", "clusterIPs"]);
    must(Array.isArray(addresses) && addresses.length > 0, JSON.stringify(body));
    return `the body in the log has clusterIPs ${JSON.stringify(addresses)}`;
  });
  await proofs.prove("kubectl apply, a second time, says unchanged", async () => {
    const before = await get(cluster, namespace, "web");
    const { stdout } = await kubectl(["apply", "-f", "-"], WEB);
    const after = await get(cluster, namespace, "web");
    const [was, is] = [before, after].map((object) => valueAt(object, ["metadata", "resourceVersion"]));
    must(stdout.includes("unchanged") && was === is, `${stdout} (resourceVersion ${String(was)}, then ${String(is)})`);
    return `${stdout.trim()}, resourceVersion ${String(is)}`;
  });
  await proofs.prove("kubectl apply --server-side, twice, keeps the resourceVersion", async () => {
    const apply = ["apply", "--server-side", "--force-conflicts", "-f", "-"];
    const first = await kubectl(apply, WEB);
    must(first.code === 0, first.stderr);
    const before = valueAt(await get(cluster, namespace, "web"), ["metadata", "resourceVersion"]);
    await kubectl(apply, WEB);
    const after = valueAt(await get(cluster, namespace, "web"), ["metadata", "resourceVersion"]);
    must(before === after, `resourceVersion ${String(before)}, then ${String(after)}`);
    return `resourceVersion ${String(after)} both times`;
  });
  await proofs.prove("what the server refuses shows the hint of /mutate beside the refusal", async () => {
    const bad = manifest("bad", { selector: { app: "web" }, ports: [{ port: 80, targetPort: "HTTP_PORT" }] });
    const { code, stderr } = await kubectl(["create", "-f", "-"], bad);
    must(code !== 0 && /^Warning: .*http-port/m.test(stderr) && stderr.includes("is invalid"), stderr);
    return stderr;
  });
  await proofs.prove("an update and a label pass", async () => {
    const { code, stderr } = await kubectl(["label", "service", "web", "tier=front"]);
    must(code === 0, stderr);
    const line = await eventually("the review", () =>
      reviews(server).find((one) => one["operation"] === "UPDATE" && one["service"] === `${namespace}/web`),
    );
    return `labelled; the log has ${String(line["operation"])} ${String(line["decision"])}`;
  });
  await proofs.prove("a status patch passes", async () => {
    const body = [{ op: "add", path: "/metadata/labels", value: { by: "status" } }];
    await cluster.core.patchNamespacedServiceStatus({ name: "web", namespace, body });
    await eventually("the review", () => reviews(server).find((one) => one["subResource"] === "status"));
    return "patched, and seen as services/status in the log";
  });
  await proofs.prove("a dry run leaves nothing", async () => {
    const trial = manifest("trial", { selector: { app: "web" }, ports: [{ port: 80 }] });
    const { code, stdout, stderr } = await kubectl(["apply", "--dry-run=server", "-f", "-"], trial);
    must(code === 0, stderr);
    const left = await kubectl(["get", "service", "trial"]);
    must(left.code !== 0 && left.stderr.includes("NotFound"), left.stdout + left.stderr);
    return `${stdout.trim()}; afterwards NotFound`;
  });
  await proofs.prove("a delete passes", async () => {
    const { code, stdout, stderr } = await kubectl(["delete", "service", "web"]);
    must(code === 0, stderr);
    await eventually("the review", () => reviews(server).find((one) => one["operation"] === "DELETE"));
    return stdout.trim();
  });
}
