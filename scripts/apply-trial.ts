/**
 * `node scripts/apply-trial.ts [PAIRS] [SEED]`: applies made-up pairs of manifests to the cluster of KUBECONFIG with the
 * real kubectl, in each way there is, and compares what is refused and what is stored with the engine's answers.
 */
import { execFile } from "node:child_process";
import { isDeepStrictEqual } from "node:util";
import { judge } from "#src/engine/judge.ts";
import { isObject, type JsonObject, valueAt } from "#src/field/json.ts";
import { NO_POLICIES } from "#src/policy/model/types.ts";
import { PROFILES } from "#src/service/cluster/cluster-profile.ts";
import { APPLY_MODES, type ApplyMode, mergedObject } from "#src/service/merge/index.ts";
import { NEWEST_KNOWN } from "#src/service/versions/version.ts";
import { tools } from "./tools.ts";

const [pairs = 100, seed = 1] = process.argv.slice(2).map(Number);
const { kubectl } = await tools();

/** A small generator of random numbers: the same seed gives the same manifests. */
let state = seed;
function random(limit: number): number {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return Math.floor((state / 2 ** 32) * limit);
}
const maybe = (value: JsonObject, percent = 30): JsonObject => (random(100) < percent ? value : {});
const pick = (...items: readonly unknown[]): unknown => items[random(items.length)];

function port(i: number): JsonObject {
  const protocol = pick("TCP", "UDP");
  return {
    name: `${String(pick("a", "b", "c", "d"))}${i}`,
    port: pick(53, 80, 443, 8080),
    // A server before 1.21 does not know the default in a server-side apply.
    protocol,
    ...maybe({ targetPort: pick(80, 8080, "http") }, 50),
    ...maybe({ appProtocol: "http" }),
  };
}

function manifest(name: string): JsonObject {
  const type = pick("ClusterIP", "NodePort", "LoadBalancer", "ClusterIP", "ExternalName");
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: {
      name,
      ...maybe({ labels: { [String(pick("x", "y"))]: "1" } }),
      ...maybe({ annotations: { [String(pick("e.io/x", "e.io/y"))]: "1" } }),
      ...maybe({ finalizers: [pick("e.io/f", "e.io/g")] }, 0),
    },
    spec: {
      ...maybe({ type }, 60),
      ...(type === "ExternalName" ? { externalName: "db.example.com" } : {}),
      ...maybe({ selector: { [String(pick("app", "tier"))]: pick("a", "b") } }, 80),
      ports: Array.from({ length: 1 + random(3) }, (_, i) => port(i)),
      ...maybe({ clusterIP: "None" }, 10),
      ...maybe({ sessionAffinity: pick("ClientIP", "None") }),
      ...(type === "LoadBalancer" ? maybe({ loadBalancerSourceRanges: [pick("10.0.0.0/8", "192.0.2.0/24")] }) : {}),
      ...(type === "LoadBalancer" || type === "NodePort"
        ? maybe({ externalTrafficPolicy: pick("Local", "Cluster") })
        : {}),
      ...maybe({ publishNotReadyAddresses: true }, 20),
    },
  };
}

function run(args: readonly string[], input = ""): Promise<{ out: string; err: string }> {
  return new Promise((resolve) => {
    const child = execFile(kubectl, [...args], { maxBuffer: 1 << 28 }, (_error, out, err) => {
      resolve({ out, err });
    });
    child.stdin?.end(input);
  });
}

async function stored(namespace: string): Promise<Map<string, JsonObject>> {
  const { out } = await run(["get", "services", "-n", namespace, "-o", "json"]);
  const items = valueAt(JSON.parse(out), ["items"]);
  return new Map(
    (Array.isArray(items) ? items.filter(isObject) : []).map((item) => [
      String(valueAt(item, ["metadata", "name"])),
      item,
    ]),
  );
}

const COMMANDS: Record<ApplyMode, { first: string[]; then: string[] }> = {
  client: { first: ["apply"], then: ["apply"] },
  "server-side": { first: ["apply", "--server-side"], then: ["apply", "--server-side"] },
  replace: { first: ["create"], then: ["replace"] },
};

function list(items: readonly JsonObject[]): string {
  return JSON.stringify({ apiVersion: "v1", kind: "List", items });
}

const NEWER_FIELDS = ["internalTrafficPolicy", "allocateLoadBalancerNodePorts", "trafficDistribution"];

/** The spec and the metadata that a manifest may set; what the server writes anew is left out. */
function comparable(object: unknown): unknown {
  const copy: unknown = JSON.parse(JSON.stringify(object ?? null));
  if (!isObject(copy)) return copy;
  const { spec, metadata } = copy;
  // Servers before 1.26 do not have these.
  for (const field of NEWER_FIELDS) if (isObject(spec)) Reflect.deleteProperty(spec, field);
  const { labels = {}, annotations = {}, finalizers = [] } = isObject(metadata) ? metadata : {};
  if (isObject(annotations)) delete annotations["kubectl.kubernetes.io/last-applied-configuration"];
  return { spec, labels, annotations, finalizers };
}

function blot(object: unknown, pointers: readonly string[]): void {
  for (const pointer of pointers) {
    const keys = pointer
      .slice(1)
      .split("/")
      .map((step) => (/^\d+$/.test(step) ? Number(step) : step));
    const [parent, last] = [valueAt(object, keys.slice(0, -1)), keys.at(-1)];
    if ((isObject(parent) || Array.isArray(parent)) && last !== undefined) Reflect.set(parent, last, "allocated");
  }
}

let wrong = 0;
for (const mode of APPLY_MODES) {
  const namespace = `fairlead-apply-${mode}-${process.pid}`;
  await run(["create", "namespace", namespace]);
  try {
    const names = Array.from({ length: pairs }, (_, i) => `s${i}`);
    const olds = new Map(names.map((name) => [name, manifest(name)]));
    const news = new Map(names.map((name) => [name, manifest(name)]));
    const creation = await run([...COMMANDS[mode].first, "-n", namespace, "-f", "-"], list([...olds.values()]));
    const before = await stored(namespace);
    if (before.size === 0) console.log(creation.err.slice(0, 500));
    const created = names.filter((name) => before.has(name));
    const { err } = await run(
      [...COMMANDS[mode].then, "-n", namespace, "-f", "-"],
      list(created.map((name) => news.get(name) ?? {})),
    );
    const after = await stored(namespace);
    let [agreed, refused] = [0, 0];
    for (const name of created) {
      const [live, next, was] = [before.get(name) ?? {}, news.get(name) ?? {}, olds.get(name)];
      const object = mergedObject(mode, was, live, {
        ...next,
        metadata: { ...(isObject(next["metadata"]) ? next["metadata"] : {}), namespace },
      });
      const answer = judge({
        operation: "update",
        object,
        oldObject: live,
        dryRun: false,
        fieldValidation: "Ignore",
        cluster: PROFILES.dual,
        version: NEWEST_KNOWN,
        ipFamilyPolicy: "server",
        policies: NO_POLICIES,
        facts: { namespace, today: "2027-01-01" },
      });
      const versions = [after.get(name), live].map((object) => valueAt(object, ["metadata", "resourceVersion"]));
      const isRefused = versions[0] === versions[1] && !isDeepStrictEqual(comparable(answer.stored), comparable(live));
      if (isRefused) refused += 1;
      const [ours, theirs] = [comparable(answer.stored), comparable(after.get(name))];
      blot(ours, answer.allocated);
      blot(theirs, answer.allocated);
      const same = answer.decision.allowed ? !isRefused && isDeepStrictEqual(ours, theirs) : isRefused;
      if (same) agreed += 1;
      else {
        wrong += 1;
        console.log(
          JSON.stringify({
            mode,
            name,
            isRefused,
            decision: answer.decision,
            was,
            next,
            live: comparable(live),
            ours,
            theirs,
            causes: answer.causes.map(({ code }) => code),
          }),
        );
        console.log(
          err
            .split("\n")
            .filter((line) => line.includes(`"${name}"`))
            .join("\n")
            .slice(0, 300),
        );
      }
    }
    console.log(`${mode}: ${agreed} of ${created.length} agreed, ${refused} of them refused`);
  } finally {
    await run(["delete", "namespace", namespace, "--wait=false"]);
  }
}
process.exitCode = wrong === 0 ? 0 : 1;
