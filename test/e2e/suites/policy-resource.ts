import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { type JsonObject, valueAt } from "#src/field/json.ts";
import type { Cluster } from "../cluster.ts";
import { eventually, type Outcome } from "../process.ts";
import { must, type Proof, Proofs } from "../proof.ts";
import { ROOT } from "#test/paths.ts";

const DEFINITION = join(ROOT, "charts", "fairlead", "files", "crds", "servicepolicies.yaml");
const SETS = join(ROOT, "policies");
const DEFINED = "crd/servicepolicies.fairlead.dev";
const NAME = "fairlead-e2e";

/** The custom resource of a policy: what the API server itself does with it. */
export async function policyResource(cluster: Cluster): Promise<readonly Proof[]> {
  const proofs = new Proofs();
  const wasThere = (await cluster.kubectl(["get", DEFINED])).code === 0;
  try {
    await proofs.prove("the definition is accepted, and its schema is a structural one", async () => {
      const { code, stdout, stderr } = await cluster.kubectl(["apply", "-f", DEFINITION]);
      must(code === 0, stderr);
      const conditions = await eventually("the definition is established", async () => {
        const { stdout: text } = await cluster.kubectl(["get", DEFINED, "-o", "jsonpath={.status.conditions}"]);
        return /"status":"True","type":"Established"/.test(text) ? text : undefined;
      });
      must(!conditions.includes("NonStructuralSchema"), conditions);
      return stdout.trim();
    });
    await eventually("policies can be listed", async () => {
      const { code } = await cluster.kubectl(["get", "servicepolicies"]);
      return code === 0 ? true : undefined;
    });
    await proveAll(cluster, proofs);
  } finally {
    await cluster.kubectl(["delete", "servicepolicy", NAME, "--ignore-not-found"]);
    if (!wasThere) await cluster.kubectl(["delete", DEFINED, "--ignore-not-found"]);
  }
  return proofs.all;
}

function policy(spec: JsonObject): string {
  return JSON.stringify({ apiVersion: "fairlead.dev/v1alpha1", kind: "ServicePolicy", metadata: { name: NAME }, spec });
}

const RULES = [{ rule: "named-ports" }];

/** Invalid policies that the schema of the resource rejects, with the API server's message. */
const REFUSED: readonly { readonly what: string; readonly spec: JsonObject; readonly says: string }[] = [
  { what: "an unknown action", spec: { rules: [{ rule: "named-ports", action: "block" }] }, says: "Unsupported value" },
  { what: "a number out of bounds", spec: { defaults: { timeoutSeconds: 0 } }, says: "timeoutSeconds" },
  {
    what: "a namespace that can be none",
    spec: { match: { namespaces: ["Team A"] }, rules: RULES },
    says: "namespaces",
  },
  { what: "an exemption without reason", spec: { exempt: [{ names: ["a"] }], rules: RULES }, says: "reason" },
  {
    what: "a day that is none",
    spec: { exempt: [{ names: ["a"], reason: "r", expires: "2027-02-31" }], rules: RULES },
    says: "expires",
  },
  { what: "a list that is none", spec: { rules: { rule: "named-ports" } }, says: "rules" },
];

async function proveAll(cluster: Cluster, proofs: Proofs): Promise<void> {
  const kubectl = (args: readonly string[], input?: string): Promise<Outcome> => cluster.kubectl(args, input);
  const apply = (spec: JsonObject, ...args: readonly string[]): Promise<Outcome> =>
    kubectl(["apply", ...args, "-f", "-"], policy(spec));
  await proofs.prove("the ready-made policies are accepted, and nothing of them is pruned", async () => {
    const files = (await readdir(SETS, { recursive: true })).filter((file) => /^[^.]*\.yaml$/.test(file));
    for (const file of files) {
      const { code, stdout, stderr } = await kubectl([
        "apply",
        "--dry-run=server",
        "-o",
        "json",
        "-f",
        join(SETS, file),
      ]);
      must(code === 0, `${file}: ${stderr}`);
      const object: unknown = JSON.parse(stdout);
      const applied = valueAt(object, ["metadata", "annotations", "kubectl.kubernetes.io/last-applied-configuration"]);
      const given = JSON.stringify(sorted(valueAt(JSON.parse(String(applied)), ["spec"])));
      const taken = JSON.stringify(sorted(valueAt(object, ["spec"])));
      must(given === taken, `${file}: given ${given}, taken ${taken}`);
    }
    return files.join(", ");
  });
  for (const { what, spec, says } of REFUSED) {
    await proofs.prove(`${what} is refused by the schema`, async () => {
      const { code, stderr } = await apply(spec, "--validate=false");
      must(code !== 0 && stderr.includes(says), stderr);
      return stderr;
    });
  }
  await proofs.prove(
    "an unknown field is kept, so that Fairlead can refuse it; so are parameters, as they are",
    async () => {
      const parameters = { anything: [1, { goes: "here" }] };
      const { code, stderr } = await apply(
        { rules: [{ rule: "named-ports", parameters, acton: "warn" }] },
        "--validate=false",
      );
      must(code === 0, stderr);
      const { stdout } = await kubectl(["get", "servicepolicy", NAME, "-o", "jsonpath={.spec.rules}"]);
      must(stdout === JSON.stringify([{ acton: "warn", parameters, rule: "named-ports" }]), stdout);
      return stdout;
    },
  );
  await proofs.prove("the status can be written, and is shown", async () => {
    const lastTransitionTime = "2027-01-01T00:00:00Z";
    const condition = {
      type: "InForce",
      status: "False",
      reason: "Refused",
      message: "by this proof",
      lastTransitionTime,
    };
    const path = `/apis/fairlead.dev/v1alpha1/servicepolicies/${NAME}/status`;
    const { stdout: text } = await kubectl(["get", "servicepolicy", NAME, "-o", "json"]);
    const object: unknown = JSON.parse(text);
    const body = JSON.stringify({
      ...record(object),
      status: { rules: "named-ports, external-ips", conditions: [condition] },
    });
    const { code, stderr } = await kubectl(["replace", "--raw", path, "-f", "-"], body);
    must(code === 0, stderr);
    const { stdout } = await kubectl(["get", "servicepolicies", "-o", "wide"]);
    must(
      /IN FORCE.*WHY/.test(stdout) && /fairlead-e2e +False +named-ports, external-ips .*by this proof/.test(stdout),
      stdout,
    );
    return stdout;
  });
}

function record(value: unknown): JsonObject {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([name, inner]: [string, unknown]) => [name, sorted(inner)]));
}
