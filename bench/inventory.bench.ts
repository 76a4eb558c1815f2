/** What is around a Service: what it adds to a review, what it takes to keep, and what it adds to a check. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { answer } from "#src/admission/answer.ts";
import { connect } from "#src/cluster/api/index.ts";
import { ClusterInventory } from "#src/cluster/inventory/index.ts";
import { systemClock } from "#src/cluster/loop/index.ts";
import { isObject, type JsonObject, valueAt } from "#src/field/json.ts";
import { entriesOf } from "#src/inventory/extract/index.ts";
import { type Entries, NEEDS } from "#src/inventory/model/index.ts";
import { Inventory } from "#src/inventory/store/index.ts";
import { compileFiles } from "#src/policy/files/compile-files.ts";
import { NO_POLICIES, type PolicySet } from "#src/policy/model/types.ts";
import { measureAlternately } from "./check/measure.ts";
import { deployments, ingresses, namespaceOf, PODS_OF_WORKLOAD, services, type Size } from "./inventory/objects.ts";
import { duringAudit } from "./inventory/during-audit.ts";
import { startStandIn } from "./inventory/stand-in.ts";
import { settingsWith } from "./settings-with.ts";
import type { Options, Row, Table } from "./table.ts";
import { takeTurns } from "./turns.ts";

export const name = "inventory";

const WHOLE: Size = { services: 50_000, workloads: 20_000, ingresses: 10_000 };
const QUICK: Size = { services: 5000, workloads: 2000, ingresses: 1000 };
const ROUNDS = { full: 10, quick: 3 } as const;
const CALLS = { full: 3000, quick: 500 } as const;
const FILES = { full: 10_000, quick: 1000 } as const;

/** The number of a Service that is stored, whose namespace has the workload that it selects. */
const NUMBER = 7;
const STORED = `service-${NUMBER}`;
const CREATE = "create-main-kubectl-client-side-apply-shop-validating.json";
const UPDATE = "update-main-kubectl-patch-shop-validating.json";
const REVIEWS = join(import.meta.dirname, "../test/reviews");
const POLICIES = join(import.meta.dirname, "../policies");
const CLI = join(import.meta.dirname, "../dist/cli.js");

export async function run({ quick }: Options): Promise<readonly Table[]> {
  const size = quick ? QUICK : WHOLE;
  const { inventory, rows } = filled(size);
  return [
    ...reviews(size, inventory, quick ? ROUNDS.quick : ROUNDS.full, quick ? CALLS.quick : CALLS.full),
    { title: "Inventory: memory, by what is kept", kind: "figures", rows },
    {
      title: "Inventory: from the start until a large cluster is known",
      kind: "figures",
      rows: [await followed(size)],
    },
    ...(await duringAudit(size, { quick })),
    await checks(quick ? FILES.quick : FILES.full, quick ? 2 : 5),
  ];
}

/** An inventory of the cluster, and the heap that each kind of it takes. */
function filled(size: Size): { readonly inventory: Inventory; readonly rows: readonly Row[] } {
  setFlagsFromString("--expose-gc");
  const collect: unknown = runInNewContext("gc");
  const heap = (): number => {
    if (typeof collect === "function") Reflect.apply(collect, undefined, []);
    return process.memoryUsage().heapUsed;
  };
  const inventory = new Inventory(true, new Set(NEEDS));
  const kinds = { Services: services, Deployments: deployments, Ingresses: ingresses };
  const rows: Row[] = [];
  for (const [kind, make] of Object.entries(kinds)) {
    const before = heap();
    let count = 0;
    for (const object of make(size)) {
      // As they come from an API server: texts that nothing else has.
      inventory.set(`${kind} ${count++}`, entriesIn(JSON.parse(JSON.stringify(object))));
    }
    const bytes = heap() - before;
    rows.push({
      what: kind,
      objects: count,
      MiB: (bytes / 2 ** 20).toFixed(1),
      "bytes an object": Math.round(bytes / count),
    });
  }
  return { inventory, rows };
}

function entriesIn(object: unknown): Entries {
  const entries = isObject(object) ? entriesOf(object, { namespace: "default" }) : undefined;
  if (entries === undefined) throw new Error("an object that an inventory does not know");
  return entries;
}

/** Reviews with rules that look around, beside the same without policies, and with the rules but nothing to look at. */
function reviews(size: Size, inventory: Inventory, rounds: number, calls: number): readonly Table[] {
  const consistency = setOf("consistency.yaml");
  const known = { view: inventory.view(), age: 0 };
  const nowhere = size.workloads - 1;
  const rows = [
    { review: "create", text: reviewOf(CREATE, "new", NUMBER) },
    { review: "create, of what is stored already: as the audit judges", text: reviewOf(CREATE, STORED, NUMBER) },
    { review: "the same, if it selects nothing", text: reviewOf(CREATE, STORED, nowhere) },
    { review: "update", text: reviewOf(UPDATE, STORED, NUMBER) },
  ].flatMap(({ review, text }) => {
    const ways: readonly { readonly policies: string; readonly judge: () => void }[] = [
      { policies: "no policy", judge: () => void answer(text, "validate", settingsWith(NO_POLICIES)) },
      { policies: "consistency, nothing known", judge: () => void answer(text, "validate", settingsWith(consistency)) },
      {
        policies: `consistency, ${size.services} Services, ${size.workloads * PODS_OF_WORKLOAD} Pods' worth of workloads`,
        judge: () => void answer(text, "validate", { ...settingsWith(consistency), inventory: known }),
      },
    ];
    const seconds = takeTurns(
      ways.map(({ judge }) => judge),
      rounds,
      calls,
    );
    return ways.map(({ policies }, i) => ({
      review,
      policies,
      seconds: seconds[i] ?? Number.NaN,
      floor: seconds[0] ?? Number.NaN,
    }));
  });
  return [
    {
      title: "Inventory: a review at /validate, beside one without a policy",
      kind: "ratios",
      rows: rows.map(({ review, policies, seconds, floor }) => ({
        review,
        policies,
        "of none": (seconds / floor).toFixed(2),
      })),
    },
    {
      title: "Inventory: a review at /validate",
      kind: "figures",
      rows: rows.map(({ review, policies, seconds }) => ({ review, policies, µs: (seconds * 1e6).toFixed(1) })),
    },
  ];
}

/**
 * A recorded review, its Service renamed to one of a namespace with many others, with addresses that no other claims.
 * @param workload the number of the workload whose labels it selects
 */
function reviewOf(file: string, name: string, workload: number): JsonObject {
  const review: unknown = JSON.parse(readFileSync(join(REVIEWS, file), "utf8"));
  const request = valueAt(review, ["request"]);
  if (!isObject(review) || !isObject(request)) throw new Error(`${file} is no review`);
  const namespace = namespaceOf(NUMBER);
  const app = `app-${workload}`;
  const spec = {
    selector: { "app.kubernetes.io/name": app, "app.kubernetes.io/instance": app },
    externalIPs: ["192.0.2.7"],
    loadBalancerIP: "192.0.2.8",
  };
  const renamed = (object: unknown): unknown => {
    if (!isObject(object) || !isObject(object["metadata"]) || !isObject(object["spec"])) return object;
    return { ...object, metadata: { ...object["metadata"], name, namespace }, spec: { ...object["spec"], ...spec } };
  };
  const { object, oldObject } = request;
  return {
    ...review,
    request: { ...request, name, namespace, object: renamed(object), oldObject: renamed(oldObject) },
  };
}

function setOf(file: string): PolicySet {
  const text = readFileSync(join(POLICIES, file), "utf8");
  const { policies, problems } = compileFiles([{ file, text }]);
  if (problems.length > 0) throw new Error(`${file} cannot be used`);
  return policies;
}

/** Following a cluster of which every list is read, over HTTP, and how long that keeps the server from everything else. */
async function followed(size: Size): Promise<Row> {
  const folder = mkdtempSync(join(tmpdir(), "fairlead-bench-"));
  const kubeconfig = join(folder, "kubeconfig");
  const server = await startStandIn(size, kubeconfig);
  try {
    const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
    const inventory = new ClusterInventory({ api: connect(kubeconfig), clock: systemClock, log }, 600_000);
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    const [begun, usage] = [performance.now(), process.cpuUsage()];
    inventory.start(() => new Set(NEEDS));
    while (!NEEDS.every((need) => inventory.current()?.view.has(need) === true)) await pause(20);
    const [elapsed, cpu] = [performance.now() - begun, process.cpuUsage(usage)];
    delay.disable();
    await inventory.close();
    return {
      objects: size.services + size.workloads + size.ingresses,
      seconds: (elapsed / 1000).toFixed(1),
      "CPU seconds": ((cpu.user + cpu.system) / 1e6).toFixed(1),
      "p99 of the event loop's delay, ms": (delay.percentile(99) / 1e6).toFixed(0),
      "longest, ms": (delay.max / 1e6).toFixed(0),
    };
  } finally {
    server.kill();
    rmSync(folder, { recursive: true });
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}

/** Files of which half are Services and half what they select, checked without rules that look around and with them. */
async function checks(files: number, rounds: number): Promise<Table> {
  const folder = mkdtempSync(join(tmpdir(), "fairlead-bench-"));
  try {
    const size = { services: files / 2, workloads: files / 2, ingresses: 0 };
    for (const [kind, make] of Object.entries({ service: services, deployment: deployments })) {
      let i = 0;
      for (const object of make(size)) {
        const team = join(folder, "estate", namespaceOf(i));
        mkdirSync(team, { recursive: true });
        writeFileSync(join(team, `${kind}-${i++}.yaml`), JSON.stringify(object, undefined, 2));
      }
    }
    const check = (policy: string): readonly string[] => [
      CLI,
      "check",
      "--no-config",
      "--policy",
      policy,
      join(folder, "estate"),
    ];
    const measured = await measureAlternately(
      { baseline: check("baseline"), consistency: check("consistency") },
      rounds,
      [0, 1],
    );
    const floor = measured("baseline");
    return {
      title: `Inventory: check of ${files} files`,
      kind: "figures",
      rows: (["baseline", "consistency"] as const).map((policy) => {
        const { wall, cpu, mebibytes } = measured(policy);
        return {
          policy,
          ms: Math.round(wall),
          "of baseline": (wall / floor.wall).toFixed(2),
          "CPU ms": Math.round(cpu),
          "CPU of baseline": (cpu / floor.cpu).toFixed(2),
          "peak MiB": Math.round(mebibytes),
        };
      }),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
