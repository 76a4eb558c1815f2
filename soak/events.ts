import type { PolicySet } from "#src/policy/model/types.ts";
import type { MountedCertificate } from "./certificates.ts";
import type { Oracle } from "./oracle.ts";
import { BROKEN_POLICY, POLICY_TEXTS, type PolicyName, replaceFile } from "./policy-sets.ts";
import type { Random } from "./random.ts";
import { type Replica, until } from "./replica.ts";

/** Everything that events act on. */
export interface Environment {
  readonly random: Random;
  readonly oracle: Oracle;
  readonly certificate: MountedCertificate;
  readonly policyFile: string;
  readonly sets: Readonly<Record<PolicyName, PolicySet>>;
  /** The replica whose log this process reads; it runs until the end. */
  readonly piped: Replica;
  /** The replica whose log is on a disk that fills up; it runs until the end. */
  readonly onDisk: Replica;
  /** The replica that is stopped and started again. */
  readonly stopping: Replica;
}

/** The time in milliseconds within which the log of a replica under load fills every buffer. */
const MAX_STALL = 240_000;

/** The events during the run, by the name under which they are counted. */
export const EVENTS = {
  "certificate rotations": ({ certificate, ...environment }) => certificate.rotate(replicasOf(environment)),
  "policy reloads": changePolicies,
  "broken policies": breakPolicies,
  "log stalls": async ({ piped }) => {
    const dropsLines = await waitForDroppedLines(piped);
    piped.pauseLog();
    await dropsLines();
    piped.resumeLog();
  },
  "full disks": async ({ onDisk }) => {
    onDisk.emptyLog();
    const dropsLines = await waitForDroppedLines(onDisk);
    await dropsLines();
  },
  stops: async ({ stopping }) => {
    const problem = await stopping.stop();
    if (problem !== undefined) throw new Error(problem);
    await stopping.start();
  },
} as const satisfies Readonly<Record<string, (environment: Environment) => Promise<void>>>;

export type EventName = keyof typeof EVENTS;

export function replicasOf({
  piped,
  onDisk,
  stopping,
}: Pick<Environment, "piped" | "onDisk" | "stopping">): readonly Replica[] {
  return [piped, onDisk, stopping];
}

/**
 * Returns a function that waits until the replica has dropped more log lines than now: then the pipe or disk and all
 * buffers before it are full.
 */
async function waitForDroppedLines(replica: Replica): Promise<() => Promise<void>> {
  const dropped = (): Promise<number> => replica.metric("fairlead_log_lines_dropped_total");
  const before = await dropped();
  return () => until(async () => (await dropped()) > before, `${replica.name} drops lines`, MAX_STALL);
}

/** Until every replica has reported the reload, answers by either the old or the new set are right. */
async function changePolicies(environment: Environment): Promise<void> {
  const { oracle, sets, random, policyFile } = environment;
  const [current] = oracle.inForce;
  const names = (["first", "second", "many"] as const).filter((name) => sets[name] !== current);
  const next = random.pick(names);
  oracle.expect([...oracle.inForce, sets[next]]);
  await afterReload(environment, "success", () => replaceFile(policyFile, POLICY_TEXTS[next]));
  oracle.expect([sets[next]]);
}

/** An invalid file changes nothing. A valid one follows, because a replica would not start with the invalid one. */
async function breakPolicies(environment: Environment): Promise<void> {
  await afterReload(environment, "error", () => replaceFile(environment.policyFile, BROKEN_POLICY));
  await changePolicies(environment);
}

async function afterReload(
  environment: Environment,
  result: "success" | "error",
  change: () => Promise<void>,
): Promise<void> {
  const series = `fairlead_reloads_total{what="policies",result="${result}"}`;
  const replicas = replicasOf(environment);
  const before = new Map<Replica, number>();
  for (const replica of replicas) before.set(replica, await replica.metric(series));
  await change();
  for (const replica of replicas) {
    const isCounted = async (): Promise<boolean> => (await replica.metric(series)) > (before.get(replica) ?? 0);
    await until(isCounted, `${replica.name} counts a reload of policies as ${result}`);
  }
}
