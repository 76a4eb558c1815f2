/**
 * `npm run soak -- [--minutes N] [--seed N] [--connections N]`: three servers under mixed traffic while everything
 * around them changes and breaks. Each answer is compared with the engine's own. The exit code is 0 only if no answer was
 * wrong or lost and no replica kept growing.
 */
import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { clusterStateOf, loadConfig } from "#src/serve/config/load.ts";
import { MountedCertificate } from "./certificates.ts";
import { emptyStatistics, runClient } from "./client.ts";
import { type Environment, type EventName, EVENTS, replicasOf } from "./events.ts";
import { growthOf, problemsOf, type Sample, sampleOf } from "./memory.ts";
import { Oracle } from "./oracle.ts";
import { loadSets, POLICY_TEXTS, replaceFile } from "./policy-sets.ts";
import { questions } from "./questions.ts";
import { Random } from "./random.ts";
import { Replica } from "./replica.ts";

/** The sampling interval in milliseconds. */
const SAMPLE_INTERVAL = 5000;
/** The share of the run before the first sample, in which code is compiled and each policy set is loaded once. */
const WARM_UP = 0.2;
/** In runs shorter than this, in minutes, too few samples are not a failure. */
const GROWTH_MINUTES = 5;
/** Small enough for a log to fill it in seconds. */
const DISK_SIZE = "1m";

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "1" },
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
    connections: { type: "string", default: "8" },
  },
});
const minutes = Number(values.minutes);
const seed = Number(values.seed);
const connections = Number(values.connections);
if (!(minutes > 0) || !Number.isInteger(seed) || !(connections > 0)) {
  console.error("usage: npm run soak -- [--minutes N] [--seed N] [--connections N]");
  process.exit(2);
}

const folder = await mkdtemp(join(tmpdir(), "fairlead-soak-"));
const disk = mountDisk(await createFolder(join(folder, "disk")));
const environment = await createEnvironment();
const replicas = replicasOf(environment);
const statistics = emptyStatistics();
const problems: string[] = [];
const events = Object.fromEntries(Object.keys(EVENTS).map((name) => [name, 0]));
const samples = new Map<Replica, Sample[]>([
  [environment.piped, []],
  [environment.onDisk, []],
]);
const begun = performance.now();
const end = begun + minutes * 60_000;
let isOver = false;
process.once("exit", () => {
  for (const replica of replicas) replica.kill();
});
try {
  await Promise.all(replicas.map((replica) => replica.start()));
  const stream = questions(environment.random);
  const parts = {
    ...environment,
    replicas,
    statistics,
    questions: stream,
    ca: environment.certificate.ca,
    stopped: () => isOver,
  };
  const clients = Array.from({ length: connections }, () => runClient(parts));
  const sampling = sampleReplicas();
  await runEvents();
  isOver = true;
  await Promise.all([...clients, sampling]);
  // An unread log must not delay the shutdown.
  environment.piped.pauseLog();
  for (const problem of await Promise.all(replicas.map((replica) => replica.stop()))) {
    if (problem !== undefined) problems.push(problem);
  }
} finally {
  disk.unmount();
  await rm(folder, { recursive: true, force: true });
}
report();

/** Runs all events again and again, in a random order each time. */
async function runEvents(): Promise<void> {
  while (performance.now() < end) {
    const names = Object.keys(EVENTS).filter(isEvent);
    while (names.length > 0 && performance.now() < end) {
      const [name] = names.splice(environment.random.below(names.length), 1);
      if (name === undefined) break;
      try {
        await EVENTS[name](environment);
        events[name] = (events[name] ?? 0) + 1;
      } catch (error) {
        problems.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
        return;
      }
      await sleep(500);
    }
  }
}

async function sampleReplicas(): Promise<void> {
  while (!isOver) {
    const seconds = (performance.now() - begun) / 1000;
    for (const [replica, replicaSamples] of samples) {
      if (seconds < minutes * 60 * WARM_UP || replica.state !== "up") continue;
      const scraped = await replica.get("/metrics").catch(() => undefined);
      if (scraped !== undefined) replicaSamples.push(sampleOf(seconds, scraped.text));
    }
    await sleep(SAMPLE_INTERVAL);
  }
}

function report(): void {
  const slopes: string[] = [];
  for (const [replica, replicaSamples] of samples) {
    const growth = growthOf(replicaSamples);
    if (growth === undefined) {
      const text = `${replica.name}: ${replicaSamples.length} looks are too few to tell whether it grows`;
      if (minutes < GROWTH_MINUTES) console.log(text);
      else problems.push(text);
      continue;
    }
    const { heap, heapPerHour, resident, residentPerHour, descriptors } = growth;
    const sign = (number: number): string => (number < 0 ? "" : "+") + number.toFixed(1);
    console.log(
      `${replica.name}: heap ${sign(heap)} MiB (${sign(heapPerHour)} an hour), resident ${sign(resident)} MiB ` +
        `(${sign(residentPerHour)} an hour), ${sign(descriptors)} descriptors, from ${replicaSamples.length} looks`,
    );
    slopes.push(`${sign(heapPerHour)} and ${sign(residentPerHour)}`);
    problems.push(...problemsOf(growth).map((problem) => `${replica.name}: ${problem}`));
  }
  if (statistics.answers === 0) problems.push("no question was answered");
  for (const problem of [...problems, ...statistics.problems]) console.log(`FAILED: ${problem}`);
  const { answers, wrong, lost, retried, shed } = statistics;
  const eventCounts = Object.entries(events).map(([name, count]) => `${count} ${name}`);
  const passed = wrong + lost + problems.length === 0;
  console.log(
    `soak ${passed ? "passed" : "failed"}: ${((performance.now() - begun) / 60_000).toFixed(1)} minutes, seed ${seed}, ` +
      `${answers} answers, ${wrong} wrong, ${lost} lost, ${retried} retried, ${shed} shed; ${eventCounts.join(", ")}; ` +
      `heap and resident memory, in MiB an hour: ${slopes.join(", ") || "not told"}`,
  );
  process.exitCode = passed ? 0 : 1;
}

async function createEnvironment(): Promise<Environment> {
  const random = new Random(seed);
  const policies = await createFolder(join(folder, "policies"));
  const policyFile = join(policies, "policies.yaml");
  await replaceFile(policyFile, POLICY_TEXTS.first);
  const certificates = await createFolder(join(folder, "certificates"));
  const certificate = await MountedCertificate.create(
    { certificate: join(certificates, "tls.crt"), key: join(certificates, "tls.key") },
    random,
  );
  const sets = await loadSets(await createFolder(join(folder, "sets")));
  const config = loadConfig({ environment: {}, flags: {} });
  const { profile, version } = clusterStateOf(config);
  const settings = {
    cluster: profile,
    version,
    ipFamilyPolicy: config.defaults.ipFamilyPolicy,
    validity: config.validity,
    exempt: { namespaces: [...config.exempt.namespaces, config.exempt.ownNamespace], services: config.exempt.services },
    today: "",
  };
  const replica = (name: string, logFile?: string): Replica =>
    new Replica({ name, ...certificate.paths, policies, ...(logFile === undefined ? {} : { logFile }) });
  return {
    random,
    oracle: new Oracle(settings, sets.first),
    certificate,
    policyFile,
    sets,
    piped: replica("the replica whose log is read here"),
    onDisk: replica("the replica whose disk fills", disk.logFile),
    stopping: replica("the replica that stops"),
  };
}

/** A small file system for the log if this user may mount one, else `/dev/full`. */
function mountDisk(path: string): { readonly logFile: string; readonly unmount: () => void } {
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${DISK_SIZE}`, "tmpfs", path], { stdio: "ignore" });
  } catch {
    return { logFile: "/dev/full", unmount: () => undefined };
  }
  return {
    logFile: join(path, "log"),
    unmount: () => {
      execFileSync("umount", ["--lazy", path]);
    },
  };
}

async function createFolder(path: string): Promise<string> {
  await mkdir(path, { recursive: true });
  return path;
}

function isEvent(name: string): name is EventName {
  return Object.hasOwn(EVENTS, name);
}
