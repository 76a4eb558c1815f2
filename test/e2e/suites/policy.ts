import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { stringify } from "yaml";
import { judge } from "#src/engine/judge.ts";
import { type JsonObject, valueAt } from "#src/field/json.ts";
import { loadPolicies } from "#src/policy-files/load.ts";
import { PROFILES } from "#src/service/cluster/cluster-profile.ts";
import { parseVersion } from "#src/service/versions/version.ts";
import { type Cluster, get, hasControllers, makeNamespace, register, removeNamespace } from "../cluster.ts";
import { eventually, type Outcome } from "../process.ts";
import { must, notRun, type Proof, Proofs } from "../proof.ts";
import { type Server, startServer } from "../server.ts";

const LABEL = "e2e.fairlead.dev/policy";
const TRACES = { labels: { "example.com/by": "policy" }, annotations: { "example.com/internal": "true" } };

const CLEANERS = ["system:serviceaccount:kube-system:namespace-controller", "system:kube-controller-manager"];

/** A policy that sets defaults, denies, warns and exempts; and one that turns some Services into load balancers. */
const POLICIES = [
  {
    apiVersion: "fairlead.dev/v1alpha1",
    kind: "ServicePolicy",
    metadata: { name: "e2e" },
    spec: {
      exempt: [{ names: ["exempt-*"], reason: "an exemption to be seen", expires: "2099-12-31" }],
      defaults: { ipFamilyPolicy: "PreferDualStack", ...TRACES },
      rules: [
        { rule: "node-ports-forbidden", action: "deny" },
        { rule: "named-ports", action: "warn", message: "name your ports" },
      ],
    },
  },
  {
    apiVersion: "fairlead.dev/v1alpha1",
    kind: "ServicePolicy",
    metadata: { name: "e2e-balanced" },
    spec: {
      match: { objectSelector: { matchLabels: { expose: "public" } } },
      defaults: { type: "LoadBalancer" },
    },
  },
  {
    apiVersion: "fairlead.dev/v1alpha1",
    kind: "ServicePolicy",
    metadata: { name: "e2e-sticky" },
    spec: {
      match: { objectSelector: { matchLabels: { sticky: "please" } } },
      defaults: { sessionAffinity: "ClientIP", timeoutSeconds: 600, ports: [{ port: 80, appProtocol: "http" }] },
    },
  },
  {
    apiVersion: "fairlead.dev/v1alpha1",
    kind: "ServicePolicy",
    metadata: { name: "e2e-guarded" },
    spec: {
      match: { objectSelector: { matchLabels: { guarded: "please" } } },
      rules: [
        { rule: "external-ips", action: "deny" },
        { rule: "update-protection", action: "deny" },
        { rule: "deletion-protection", action: "deny", parameters: { label: "kept" } },
        { rule: "status-addresses", action: "deny", parameters: { addresses: ["198.51.100.0/24"] } },
      ],
    },
  },
  {
    apiVersion: "fairlead.dev/v1alpha1",
    kind: "ServicePolicy",
    metadata: { name: "e2e-doomed" },
    spec: {
      match: { objectSelector: { matchLabels: { doomed: "please" } } },
      rules: [
        {
          rule: "deletion-protection",
          action: "deny",
          // On some clusters the namespace controller has no account of its own and acts as the user that
          // started it.
          parameters: { label: "kept", controllers: [...CLEANERS, "admin"] },
        },
      ],
    },
  },
];

/** The ways in which a Service is written, and the requests that the API server sees. */
const APPLIES = {
  "client side": ["apply", "-f", "-"],
  "server side": ["apply", "--server-side", "-f", "-"],
} as const;

/** Policies from a file, in front of a real API server. */
export async function policy(cluster: Cluster): Promise<readonly Proof[]> {
  const folder = await mkdtemp(join(tmpdir(), "fairlead-e2e-"));
  const file = join(folder, "policies.yaml");
  await writeFile(file, POLICIES.map((one) => stringify(one)).join("---\n"));
  const proofs = new Proofs();
  const server = await startServer({ policies: [file], cluster: { version: cluster.version } });
  const namespace = await makeNamespace(cluster, LABEL);
  let unregister: (() => Promise<void>) | undefined;
  try {
    const url = `https://127.0.0.1:${server.port}`;
    unregister = await register(cluster, { url, ca: server.ca, label: LABEL, namespace });
    const kubectl = (args: readonly string[], input?: string): Promise<Outcome> =>
      cluster.kubectl(["-n", namespace, ...args], input);
    await eventually("the first warning", async () => {
      const { stderr } = await kubectl(["create", "-f", "-", "--dry-run=server"], manifest("probe"));
      return stderr.includes("name your ports") ? true : undefined;
    });
    await proveAll({ cluster, namespace, file, proofs, kubectl, server });
    await proveAuthors({ cluster, namespace, file, proofs, kubectl, server });
    await proveNoWayAround({ cluster, namespace, file, proofs, kubectl, server });
    const doomed = "a namespace with a protected Service is deleted whole; the Service alone is not";
    if (await hasControllers(cluster, "default")) await proofs.prove(doomed, () => doomedNamespace(cluster, namespace));
    else proofs.all.push(notRun(doomed, "no controllers run that empty a namespace"));
  } finally {
    await unregister?.();
    await removeNamespace(cluster, namespace);
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
  return proofs.all;
}

interface Stage {
  readonly cluster: Cluster;
  readonly namespace: string;
  readonly file: string;
  readonly proofs: Proofs;
  readonly server: Server;
  readonly kubectl: (args: readonly string[], input?: string) => Promise<Outcome>;
}

function manifest(name: string, spec: JsonObject = {}, labels: Record<string, string> = {}): string {
  return JSON.stringify(service(name, spec, labels));
}

function service(name: string, spec: JsonObject, labels: Record<string, string>): JsonObject {
  const metadata = Object.keys(labels).length === 0 ? { name } : { name, labels };
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata,
    spec: { selector: { app: "web" }, ports: [{ port: 80, protocol: "TCP" }], ...spec },
  };
}

async function proveAll({ cluster, namespace, file, proofs, kubectl, server }: Stage): Promise<void> {
  const version = async (name: string): Promise<unknown> =>
    valueAt(await get(cluster, namespace, name), ["metadata", "resourceVersion"]);

  await proofs.prove("a policy's defaults are filled in", async () => {
    const { code, stderr } = await kubectl(["apply", "-f", "-"], manifest("web"));
    must(code === 0, stderr);
    const stored = await get(cluster, namespace, "web");
    const seen = {
      ipFamilyPolicy: valueAt(stored, ["spec", "ipFamilyPolicy"]),
      label: valueAt(stored, ["metadata", "labels", "example.com/by"]),
      annotation: valueAt(stored, ["metadata", "annotations", "example.com/internal"]),
    };
    must(
      isDeepStrictEqual(seen, { ipFamilyPolicy: "PreferDualStack", label: "policy", annotation: "true" }),
      JSON.stringify(seen),
    );
    return JSON.stringify(seen);
  });
  await proofs.prove("kubectl apply, client side, a second time: unchanged, same resourceVersion", async () => {
    const before = await version("web");
    const { stdout } = await kubectl(["apply", "-f", "-"], manifest("web"));
    const after = await version("web");
    must(stdout.includes("unchanged") && before === after, `${stdout} ${String(before)} ${String(after)}`);
    return `${stdout.trim()}, resourceVersion ${String(after)}`;
  });
  await proofs.prove("kubectl apply, server side, a second time: same resourceVersion", async () => {
    const apply = ["apply", "--server-side", "-f", "-"];
    const first = await kubectl(apply, manifest("server-side"));
    must(first.code === 0, first.stderr);
    const before = await version("server-side");
    await kubectl(apply, manifest("server-side"));
    const after = await version("server-side");
    must(before === after, `resourceVersion ${String(before)}, then ${String(after)}`);
    return `resourceVersion ${String(after)} both times`;
  });
  await proofs.prove("a rule denies, with the rule's name in what kubectl prints", async () => {
    const { code, stderr } = await kubectl(["create", "-f", "-"], manifest("open", { type: "NodePort" }));
    must(code !== 0 && stderr.includes("node-ports-forbidden") && stderr.includes("Fairlead"), stderr);
    return stderr;
  });
  await proofs.prove("a rule warns, in the team's own words, and lets pass", async () => {
    const { code, stderr } = await kubectl(["create", "-f", "-"], manifest("nameless"));
    must(code === 0 && stderr.includes("name your ports"), stderr);
    return stderr;
  });
  await proofs.prove("an exemption lets pass what is denied elsewhere", async () => {
    const { code, stdout, stderr } = await kubectl(
      ["create", "-f", "-"],
      manifest("exempt-open", { type: "NodePort" }),
    );
    must(code === 0, stderr);
    const logged = await eventually("the log line of the exemption", () =>
      server
        .log()
        .find(({ policies }) => Array.isArray(policies) && policies.includes("e2e/node-ports-forbidden=suppressed")),
    );
    return `${stdout.trim()}, logged as ${JSON.stringify(logged["policies"])}`;
  });
  for (const [side, apply] of Object.entries(APPLIES)) {
    await proofs.prove(
      `type LoadBalancer by policy, applied ${side}: one object in CI and in the cluster`,
      async () => {
        const labels = { expose: "public" };
        const name = `exempt-balanced-${side.slice(0, 6)}`;
        const { code, stderr } = await kubectl(apply, manifest(name, {}, labels));
        must(code === 0, stderr);
        const stored = await get(cluster, namespace, name);
        const judged = await inCI(service(name, {}, labels), { namespace, file, version: cluster.version });
        const [here, there] = [judged, stored].map(settled);
        must(isDeepStrictEqual(here, there), `CI ${JSON.stringify(here)}, cluster ${JSON.stringify(there)}`);
        must(valueAt(stored, ["spec", "type"]) === "LoadBalancer", JSON.stringify(there));
        return JSON.stringify(there);
      },
    );
  }
}

/** The API server's own defaults are filled in where the author left a field open, and kept otherwise. */
async function proveAuthors({ cluster, namespace, proofs, kubectl }: Stage): Promise<void> {
  const sticky = { sticky: "please" };
  const seen = async (name: string): Promise<{ readonly spec: string; readonly version: string }> => {
    const stored = await get(cluster, namespace, name);
    const { sessionAffinity, sessionAffinityConfig, ports } = record(valueAt(stored, ["spec"]));
    const appProtocol = valueAt(ports, [0, "appProtocol"]);
    return {
      spec: JSON.stringify({ sessionAffinity, sessionAffinityConfig, appProtocol }),
      version: String(valueAt(stored, ["metadata", "resourceVersion"])),
    };
  };
  const filled = JSON.stringify({
    sessionAffinity: "ClientIP",
    sessionAffinityConfig: { clientIP: { timeoutSeconds: 600 } },
    appProtocol: "http",
  });
  for (const [side, apply] of Object.entries(APPLIES)) {
    const name = `sticky-${side.slice(0, 6)}`;
    await proofs.prove(`applied ${side}: left open, so filled in; a second time nothing changes`, async () => {
      const first = await kubectl(apply, manifest(name, {}, sticky));
      must(first.code === 0, first.stderr);
      const before = await seen(name);
      must(before.spec === filled, before.spec);
      const second = await kubectl(apply, manifest(name, {}, sticky));
      const after = await seen(name);
      must(isDeepStrictEqual(before, after), `${JSON.stringify(before)}, then ${JSON.stringify(after)}`);
      return `${second.stdout.trim()}, ${after.spec}, resourceVersion ${after.version} both times`;
    });
    await proofs.prove(`applied ${side}: a change of something else leaves what was filled in`, async () => {
      const { code, stderr } = await kubectl(apply, manifest(name, { selector: { app: "other" } }, sticky));
      must(code === 0, stderr);
      const { spec } = await seen(name);
      must(spec === filled, spec);
      return spec;
    });
    await proofs.prove(`applied ${side}: the server's own value, written by its author, stays`, async () => {
      const own = { sessionAffinity: "None" };
      const { code, stderr } = await kubectl(apply, manifest(`${name}-own`, own, sticky));
      must(code === 0, stderr);
      const { spec } = await seen(`${name}-own`);
      must(spec === JSON.stringify({ ...own, appProtocol: "http" }), spec);
      return spec;
    });
  }
  await proofs.prove("kubectl patch of what was filled in: the user's word stays", async () => {
    const patch = ["patch", "service", "sticky-client", "-p", JSON.stringify({ spec: { sessionAffinity: "None" } })];
    const { code, stderr } = await kubectl(patch);
    must(code === 0, stderr);
    const applied = await kubectl(
      APPLIES["client side"],
      manifest("sticky-client", { selector: { app: "other" } }, sticky),
    );
    const { spec } = await seen("sticky-client");
    must(spec === JSON.stringify({ sessionAffinity: "None", appProtocol: "http" }), spec);
    return `${spec}, then ${applied.stdout.trim()}`;
  });
  await proofs.prove("kubectl create, of which nobody can tell: kept, unless the policy says fill", async () => {
    const { code, stderr } = await kubectl(["create", "-f", "-"], manifest("sticky-created", {}, sticky));
    must(code === 0, stderr);
    const { spec } = await seen("sticky-created");
    must(spec === JSON.stringify({ sessionAffinity: "None", appProtocol: "http" }), spec);
    return spec;
  });
}

/** A Service held by a finalizer is judged until it is gone; so are the changes of a write of the status. */
async function proveNoWayAround({ cluster, namespace, proofs, kubectl }: Stage): Promise<void> {
  const marked = { guarded: "please", "fairlead.dev/protected": "true" };
  const balanced = { type: "LoadBalancer", ports: [{ name: "http", port: 80 }] };
  const patch = (name: string, body: JsonObject): Promise<Outcome> =>
    kubectl(["patch", "service", name, "--type=merge", "-p", JSON.stringify(body)]);
  const writeStatus = async (name: string, change: (object: JsonObject) => JsonObject): Promise<Outcome> => {
    const path = `/api/v1/namespaces/${namespace}/services/${name}/status`;
    return kubectl(["replace", "--raw", path, "-f", "-"], JSON.stringify(change(await get(cluster, namespace, name))));
  };
  const withMetadata = (object: JsonObject, more: JsonObject): JsonObject => ({
    ...object,
    metadata: { ...record(object["metadata"]), ...more },
  });
  const refused: readonly { what: string; change: (object: JsonObject) => JsonObject; says: string }[] = [
    {
      what: "the mark taken off",
      change: (it) => withMetadata(it, { labels: { guarded: "please" } }),
      says: "update-protection",
    },
    {
      what: "an owner more",
      change: (it) =>
        withMetadata(it, { ownerReferences: [{ apiVersion: "v1", kind: "ConfigMap", name: "none", uid: "b0c5" }] }),
      says: "update-protection",
    },
    {
      what: "anybody's address",
      change: (it) => ({ ...it, status: { loadBalancer: { ingress: [{ ip: "203.0.113.7" }] } } }),
      says: "status-addresses",
    },
  ];
  await kubectl(["create", "-f", "-"], manifest("guarded", balanced, marked));
  for (const { what, change, says } of refused) {
    await proofs.prove(`a write of the status does not get past a rule: ${what}`, async () => {
      const { code, stderr } = await writeStatus("guarded", change);
      must(code !== 0 && stderr.includes(says), stderr);
      return stderr;
    });
  }
  await proofs.prove("a write of the status with an address that is allowed passes", async () => {
    const status = { loadBalancer: { ingress: [{ ip: "198.51.100.7" }] } };
    const { code, stderr } = await writeStatus("guarded", (it) => ({ ...it, status }));
    must(code === 0, stderr);
    return JSON.stringify(status);
  });
  await proofs.prove("a marked Service goes with its namespace, and else stays", async () => {
    const kept = { guarded: "please", kept: "true" };
    must((await kubectl(["create", "-f", "-"], manifest("kept", balanced, kept))).code === 0, "not made");
    const remove = ["delete", "service", "kept"];
    const { code, stderr } = await kubectl(remove);
    must(code !== 0 && stderr.includes("deletion-protection"), stderr);
    const cleaner = await kubectl([...remove, "--as=system:serviceaccount:kube-system:namespace-controller"]);
    must(cleaner.code === 0, cleaner.stderr);
    return `${stderr.trim()}; by the namespace controller: ${cleaner.stdout.trim()}`;
  });
  await proofs.prove("a Service that a finalizer holds is judged, and let go of", async () => {
    must((await patch("guarded", { metadata: { finalizers: ["example.com/x"] } })).code === 0, "no finalizer");
    must((await kubectl(["delete", "service", "guarded", "--wait=false"])).code === 0, "not deleted");
    const hidden = await patch("guarded", { spec: { externalIPs: ["203.0.113.7"] } });
    must(hidden.code !== 0 && hidden.stderr.includes("external-ips"), hidden.stderr);
    const last = await patch("guarded", { metadata: { finalizers: null } });
    must(last.code === 0, last.stderr);
    const { stderr } = await kubectl(["get", "service", "guarded"]);
    must(stderr.includes("NotFound"), stderr);
    return `${hidden.stderr.trim()}; then ${last.stdout.trim()}, and gone`;
  });
}

/** Another namespace to which the webhooks apply, with one protected Service. */
async function doomedNamespace(cluster: Cluster, namespace: string): Promise<string> {
  const name = `${namespace}-doomed`;
  await cluster.core.createNamespace({ body: { metadata: { name, labels: { [LABEL]: namespace } } } });
  const kubectl = (...args: string[]): Promise<Outcome> => cluster.kubectl(["-n", name, ...args]);
  const labels = { doomed: "please", kept: "true" };
  const made = await cluster.kubectl(["-n", name, "create", "-f", "-"], manifest("kept", {}, labels));
  must(made.code === 0, made.stderr);
  const refused = await kubectl("delete", "service", "kept", "--as=jo", "--as-group=system:masters");
  must(refused.code !== 0 && refused.stderr.includes("deletion-protection"), refused.stdout + refused.stderr);
  const begun = Date.now();
  const removed = await cluster.kubectl(["delete", "namespace", name, "--wait=false"]);
  must(removed.code === 0, removed.stderr);
  await eventually(
    "the namespace is gone",
    async () => ((await cluster.kubectl(["get", "namespace", name])).stderr.includes("NotFound") ? true : undefined),
    120,
  );
  return `jo: ${refused.stderr.trim()}; the namespace gone after ${Math.round((Date.now() - begun) / 1000)} s`;
}

/** The engine's result for the manifest, without a cluster. */
async function inCI(
  object: JsonObject,
  settings: { namespace: string; file: string; version: string },
): Promise<unknown> {
  const version = parseVersion(settings.version);
  must(version !== undefined, `the cluster's version is ${settings.version}`);
  const { policies } = await loadPolicies([settings.file]);
  return judge({
    operation: "create",
    object,
    dryRun: false,
    fieldValidation: "Strict",
    cluster: PROFILES.dual,
    version,
    ipFamilyPolicy: "server",
    policies,
    facts: { namespace: settings.namespace, today: "2027-01-01" },
  }).stored;
}

/** The object without what always differs: allocated addresses and ports, and the server's metadata. */
function settled(object: unknown): unknown {
  const spec: JsonObject = { ...record(valueAt(object, ["spec"])) };
  const ports = Array.isArray(spec["ports"])
    ? spec["ports"].map((port: unknown) => ({ ...record(port), nodePort: "picked" }))
    : [];
  const count = Array.isArray(spec["clusterIPs"]) ? spec["clusterIPs"].length : 0;
  return {
    labels: valueAt(object, ["metadata", "labels"]),
    spec: { ...spec, ports, clusterIP: "picked", clusterIPs: count },
  };
}

function record(value: unknown): JsonObject {
  return typeof value === "object" && value !== null ? { ...value } : {};
}
