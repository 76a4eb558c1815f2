/**
 * `npm run soak -- [--minutes N] [--seed N] [--connections N]`: three servers under mixed traffic while everything
 * around them changes and breaks. Each answer is compared with the engine's own. Exit code 0 only if none was wrong or
 * lost, and no replica kept growing.
 */
import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { clusterStateOf, loadConfig } from "#src/serve/config/load.ts";
import { MountedCertificate } from "./certificates.ts";
import { emptyTally, runClient } from "./client.ts";
import { type EventName, EVENTS, replicasOf, type World } from "./events.ts";
import { growthOf, problemsOf, type Sample, sampleOf } from "./memory.ts";
import { Oracle } from "./oracle.ts";
import { loadSets, POLICY_TEXTS, replaceFile } from "./policy-sets.ts";
import { questions } from "./questions.ts";
import { Random } from "./random.ts";
import { Replica } from "./replica.ts";

/** How often a replica is looked at, in milliseconds. */
const SAMPLE_EVERY = 5000;
/** The share of the run that is not looked at: code is compiled, and each set of policies loaded once. */
const WARM_UP = 0.2;
/** A shorter run, in minutes, need not tell whether replicas grow. */
const TELLING = 5;
/** So little that a log fills it in seconds. */
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
const disk = mountDisk(await made(join(folder, "disk")));
const world = await makeWorld();
const replicas = replicasOf(world);
const tally = emptyTally();
const problems: string[] = [];
const events = Object.fromEntries(Object.keys(EVENTS).map((name) => [name, 0]));
const samples = new Map<Replica, Sample[]>([
  [world.piped, []],
  [world.onDisk, []],
]);
const begun = performance.now();
const end = begun + minutes * 60_000;
let isOver = false;
process.once("exit", () => {
  for (const replica of replicas) replica.kill();
});
try {
  await Promise.all(replicas.map((replica) => replica.start()));
  const asked = questions(world.random);
  const parts = { ...world, replicas, tally, questions: asked, ca: world.certificate.ca, stopped: () => isOver };
  const clients = Array.from({ length: connections }, () => runClient(parts));
  const looking = look();
  await happen();
  isOver = true;
  await Promise.all([...clients, looking]);
  // With nobody to read its log: that must not hold it up.
  world.piped.pauseLog();
  for (const problem of await Promise.all(replicas.map((replica) => replica.stop()))) {
    if (problem !== undefined) problems.push(problem);
  }
} finally {
  disk.unmount();
  await rm(folder, { recursive: true, force: true });
}
report();

/** Everything happens again and again, in an order of its own each time. */
async function happen(): Promise<void> {
  while (performance.now() < end) {
    const names = Object.keys(EVENTS).filter(isEvent);
    while (names.length > 0 && performance.now() < end) {
      const [name] = names.splice(world.random.below(names.length), 1);
      if (name === undefined) break;
      try {
        await EVENTS[name](world);
        events[name] = (events[name] ?? 0) + 1;
      } catch (error) {
        problems.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
        return;
      }
      await sleep(500);
    }
  }
}

async function look(): Promise<void> {
  while (!isOver) {
    const seconds = (performance.now() - begun) / 1000;
    for (const [replica, seen] of samples) {
      if (seconds < minutes * 60 * WARM_UP || replica.state !== "up") continue;
      const scraped = await replica.get("/metrics").catch(() => undefined);
      if (scraped !== undefined) seen.push(sampleOf(seconds, scraped.text));
    }
    await sleep(SAMPLE_EVERY);
  }
}

function report(): void {
  const slopes: string[] = [];
  for (const [replica, seen] of samples) {
    const growth = growthOf(seen);
    if (growth === undefined) {
      const text = `${replica.name}: ${seen.length} looks are too few to tell whether it grows`;
      if (minutes < TELLING) console.log(text);
      else problems.push(text);
      continue;
    }
    const { heap, heapPerHour, resident, residentPerHour, descriptors } = growth;
    const sign = (number: number): string => (number < 0 ? "" : "+") + number.toFixed(1);
    console.log(
      `${replica.name}: heap ${sign(heap)} MiB (${sign(heapPerHour)} an hour), resident ${sign(resident)} MiB ` +
        `(${sign(residentPerHour)} an hour), ${sign(descriptors)} descriptors, from ${seen.length} looks`,
    );
    slopes.push(`${sign(heapPerHour)} and ${sign(residentPerHour)}`);
    problems.push(...problemsOf(growth).map((problem) => `${replica.name}: ${problem}`));
  }
  if (tally.answers === 0) problems.push("no question was answered");
  for (const problem of [...problems, ...tally.problems]) console.log(`FAILED: ${problem}`);
  const { answers, wrong, lost, retried, shed } = tally;
  const happened = Object.entries(events).map(([name, count]) => `${count} ${name}`);
  const passed = wrong + lost + problems.length === 0;
  console.log(
    `soak ${passed ? "passed" : "failed"}: ${((performance.now() - begun) / 60_000).toFixed(1)} minutes, seed ${seed}, ` +
      `${answers} answers, ${wrong} wrong, ${lost} lost, ${retried} retried, ${shed} shed; ${happened.join(", ")}; ` +
      `heap and resident memory, in MiB an hour: ${slopes.join(", ") || "not told"}`,
  );
  process.exitCode = passed ? 0 : 1;
}

async function makeWorld(): Promise<World> {
  const random = new Random(seed);
  const policies = await made(join(folder, "policies"));
  const policyFile = join(policies, "policies.yaml");
  await replaceFile(policyFile, POLICY_TEXTS.first);
  const certificates = await made(join(folder, "certificates"));
  const certificate = await MountedCertificate.create(
    { certificate: join(certificates, "tls.crt"), key: join(certificates, "tls.key") },
    random,
  );
  const sets = await loadSets(await made(join(folder, "sets")));
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

/** A disk of its own, where this user may mount one; else the device that is always full. */
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

async function made(path: string): Promise<string> {
  await mkdir(path, { recursive: true });
  return path;
}

function isEvent(name: string): name is EventName {
  return Object.hasOwn(EVENTS, name);
}
