import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { type JsonObject, valueAt } from "#src/field/json.ts";
import { CLI } from "../../paths.ts";
import { type Cluster, get, makeNamespace, register, removeNamespace } from "../cluster.ts";
import { eventually, type Outcome, run } from "../process.ts";
import { must, notRun, Proofs, type Proof } from "../proof.ts";
import { startServer } from "../server.ts";

const LABEL = "e2e.fairlead.dev/expressions";
const ADMISSION = "admissionregistration.k8s.io/v1";
const SERVICES = {
  resourceRules: [{ apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE", "UPDATE"], resources: ["services"] }],
};

const MESSAGE = "node ports are for the edge";

/** A team's own rule, whose export is to say the same without a webhook. */
const validations = (namespace: string): JsonObject => ({
  apiVersion: "fairlead.dev/v1alpha1",
  kind: "ServicePolicy",
  metadata: { name: "e2e-validations" },
  spec: {
    match: { namespaces: [namespace] },
    params: { allowed: ["ClusterIP", "LoadBalancer"] },
    validations: [
      {
        name: "allowed",
        expression: "object.spec.type in params.allowed",
        messageExpression: `"${MESSAGE}, not for " + object.metadata.name`,
        reason: "Forbidden",
      },
    ],
  },
});

/** Policies of a cluster as files: one that validates, by parameters beside it, and one of each kind that changes. */
const OF_THE_CLUSTER: readonly JsonObject[] = [
  {
    apiVersion: ADMISSION,
    kind: "ValidatingAdmissionPolicy",
    metadata: { name: "e2e-ports" },
    spec: {
      matchConstraints: SERVICES,
      paramKind: { apiVersion: "v1", kind: "ConfigMap" },
      matchConditions: [{ name: "marked", expression: "'ports' in object.metadata.?labels.orValue({})" }],
      variables: [{ name: "most", expression: "int(params.data.most)" }],
      validations: [
        {
          expression: "object.spec.ports.size() <= variables.most",
          messageExpression: "'at most ' + string(variables.most) + ' ports'",
        },
      ],
    },
  },
  {
    apiVersion: ADMISSION,
    kind: "ValidatingAdmissionPolicyBinding",
    metadata: { name: "e2e-ports" },
    spec: {
      policyName: "e2e-ports",
      validationActions: ["Deny"],
      paramRef: { name: "limits", parameterNotFoundAction: "Deny" },
    },
  },
  { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "limits" }, data: { most: "1" } },
  mutating("e2e-patched", {
    patchType: "JSONPatch",
    jsonPatch: { expression: '[JSONPatch{op: "replace", path: "/spec/sessionAffinity", value: "ClientIP"}]' },
  }),
  mutating("e2e-configured", {
    patchType: "ApplyConfiguration",
    applyConfiguration: { expression: 'Object{metadata: Object.metadata{labels: {"by": "configuration"}}}' },
  }),
  ...["e2e-patched", "e2e-configured"].map((name) => ({
    apiVersion: ADMISSION,
    kind: "MutatingAdmissionPolicyBinding",
    metadata: { name },
    spec: { policyName: name },
  })),
];

function mutating(name: string, mutation: JsonObject): JsonObject {
  return {
    apiVersion: ADMISSION,
    kind: "MutatingAdmissionPolicy",
    metadata: { name },
    spec: {
      matchConstraints: SERVICES,
      reinvocationPolicy: "Never",
      matchConditions: [{ name: "marked", expression: "'changed' in object.metadata.?labels.orValue({})" }],
      mutations: [mutation],
    },
  };
}

function service(name: string, spec: JsonObject = {}, labels: Record<string, string> = {}): string {
  return JSON.stringify({
    apiVersion: "v1",
    kind: "Service",
    metadata: { name, labels },
    spec: { selector: { app: "web" }, ports: [{ name: "http", port: 80 }], ...spec },
  });
}

/** Expressions of a team and of a cluster, behind the webhook; and those of the team without one, where a cluster can. */
export async function expressions(cluster: Cluster): Promise<readonly Proof[]> {
  const folder = await mkdtemp(join(tmpdir(), "fairlead-e2e-"));
  const proofs = new Proofs();
  const own = join(folder, "own.yaml");
  const others = join(folder, "cluster.yaml");
  await writeFile(others, OF_THE_CLUSTER.map((one) => stringify(one)).join("---\n"));
  const namespace = await makeNamespace(cluster, LABEL);
  await writeFile(own, stringify(validations(namespace)));
  const create = (manifest: string): Promise<Outcome> =>
    cluster.kubectl(["-n", namespace, "create", "-f", "-"], manifest);
  try {
    await proveWebhook({ cluster, namespace, policies: [own, others], folder, proofs, create });
    await proveExport({ cluster, namespace, policies: [own], folder, proofs, create });
  } finally {
    await removeNamespace(cluster, namespace);
    await rm(folder, { recursive: true, force: true });
  }
  return proofs.all;
}

interface Stage {
  readonly cluster: Cluster;
  readonly namespace: string;
  readonly policies: readonly string[];
  readonly folder: string;
  readonly proofs: Proofs;
  readonly create: (manifest: string) => Promise<Outcome>;
}

async function proveWebhook({ cluster, namespace, policies, proofs, folder, create }: Stage): Promise<void> {
  // The expressions use what a cluster of any age may lack; the API server itself does not see them.
  const server = await startServer({ policies, cluster: { version: "1.36" } });
  let unregister: (() => Promise<void>) | undefined;
  try {
    unregister = await register(cluster, {
      url: `https://127.0.0.1:${server.port}`,
      ca: server.ca,
      label: LABEL,
      namespace,
    });
    await eventually("the first denial", async () => {
      const { stderr } = await create(service("probe", { type: "NodePort" }));
      return stderr.includes(MESSAGE) ? true : undefined;
    });
    await proofs.prove("an expression denies through the webhook, with its message and reason", async () => {
      const { code, stderr } = await create(service("open", { type: "NodePort" }));
      must(code !== 0 && stderr.includes(`${MESSAGE}, not for open`) && stderr.includes("Forbidden"), stderr);
      return stderr.trim();
    });
    const two = {
      ports: [
        { name: "a", port: 80 },
        { name: "b", port: 81 },
      ],
    };
    await proofs.prove("a ValidatingAdmissionPolicy denies through the webhook, by its parameters", async () => {
      const { code, stderr } = await create(service("two", two, { ports: "few" }));
      must(code !== 0 && stderr.includes("at most 1 ports") && stderr.includes("e2e-ports"), stderr);
      const other = await create(service("unmarked", two));
      must(other.code === 0, other.stderr);
      return stderr.trim();
    });
    await proofs.prove("and check says the same of the manifest", async () => {
      const file = join(folder, "two.yaml");
      await writeFile(file, service("two", two, { ports: "few" }));
      const options = policies.flatMap((policy) => ["--policy", policy]);
      const { code, stdout } = await run(process.execPath, [CLI, "check", "--no-config", ...options, file]);
      must(code === 1 && stdout.includes("at most 1 ports"), stdout);
      return "at most 1 ports";
    });
    await proofs.prove("MutatingAdmissionPolicies of both kinds change what is stored", async () => {
      const { code, stderr } = await create(service("changed", {}, { changed: "please" }));
      must(code === 0, stderr);
      const stored = await get(cluster, namespace, "changed");
      const seen = [valueAt(stored, ["spec", "sessionAffinity"]), valueAt(stored, ["metadata", "labels", "by"])];
      must(seen[0] === "ClientIP" && seen[1] === "configuration", JSON.stringify(seen));
      return JSON.stringify(seen);
    });
    await proofs.prove("what expressions are not about goes on: a status, a deletion", async () => {
      const { code, stderr } = await cluster.kubectl(["-n", namespace, "delete", "service", "changed"]);
      must(code === 0, stderr);
      return "deleted";
    });
  } finally {
    await unregister?.();
    await server.stop();
  }
}

const WITHOUT_WEBHOOK = "the exported policy denies with the same message, and no webhook";

async function proveExport({ cluster, namespace, policies, folder, proofs, create }: Stage): Promise<void> {
  const file = join(folder, "exported.yaml");
  await proofs.prove("the policy is exported whole", async () => {
    const { code, stderr } = await run(process.execPath, [
      ...[CLI, "export", "vap", ...policies, "--output", file, "--strict"],
      ...["--name-prefix", `${namespace}-`],
    ]);
    must(code === 0, stderr);
    return file;
  });
  const { stdout } = await cluster.kubectl(["api-resources", "--api-group=admissionregistration.k8s.io", "-o", "name"]);
  if (!stdout.includes("validatingadmissionpolicies")) {
    proofs.all.push(notRun(WITHOUT_WEBHOOK, `Kubernetes ${cluster.version} has no ValidatingAdmissionPolicy`));
    return;
  }
  await proofs.prove(WITHOUT_WEBHOOK, async () => {
    const applied = await cluster.kubectl(["apply", "-f", file]);
    must(applied.code === 0, applied.stderr);
    try {
      return await eventually("the denial", async () => {
        const { stderr } = await create(service(`open-${Date.now()}`, { type: "NodePort" }));
        return stderr.includes(MESSAGE) ? stderr.trim() : undefined;
      });
    } finally {
      await cluster.kubectl(["delete", "-f", file]);
    }
  });
}
