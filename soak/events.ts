import type { PolicySet } from "#src/policy/model/types.ts";
import type { MountedCertificate } from "./certificates.ts";
import type { Oracle } from "./oracle.ts";
import { BROKEN_POLICY, POLICY_TEXTS, type PolicyName, replaceFile } from "./policy-sets.ts";
import type { Random } from "./random.ts";
import { type Replica, until } from "./replica.ts";

/** All that something can happen to. */
export interface World {
  readonly random: Random;
  readonly oracle: Oracle;
  readonly certificate: MountedCertificate;
  readonly policyFile: string;
  readonly sets: Readonly<Record<PolicyName, PolicySet>>;
  /** Its log is read by this process; it is never stopped before the end. */
  readonly piped: Replica;
  /** Its log is on a disk that fills; it is never stopped before the end. */
  readonly onDisk: Replica;
  /** Ends and starts. */
  readonly stopping: Replica;
}

/** Within this time, in milliseconds, the log of a replica under load fills every buffer. */
const LONGEST_STALL = 240_000;

/** What happens while the clients ask, by the name under which it is counted. */
export const EVENTS = {
  "certificate rotations": ({ certificate, ...world }) => certificate.rotate(replicasOf(world)),
  "policy reloads": changePolicies,
  "broken policies": breakPolicies,
  "log stalls": async ({ piped }) => {
    const dropsLines = await dropping(piped);
    piped.pauseLog();
    await dropsLines();
    piped.resumeLog();
  },
  "full disks": async ({ onDisk }) => {
    onDisk.emptyLog();
    const dropsLines = await dropping(onDisk);
    await dropsLines();
  },
  stops: async ({ stopping }) => {
    const problem = await stopping.stop();
    if (problem !== undefined) throw new Error(problem);
    await stopping.start();
  },
} as const satisfies Readonly<Record<string, (world: World) => Promise<void>>>;

export type EventName = keyof typeof EVENTS;

export function replicasOf({
  piped,
  onDisk,
  stopping,
}: Pick<World, "piped" | "onDisk" | "stopping">): readonly Replica[] {
  return [piped, onDisk, stopping];
}

/** A wait until the replica has dropped more lines than now: then pipe or disk, and all that may wait for them, is full. */
async function dropping(replica: Replica): Promise<() => Promise<void>> {
  const dropped = (): Promise<number> => replica.metric("fairlead_log_lines_dropped_total");
  const before = await dropped();
  return () => until(async () => (await dropped()) > before, `${replica.name} drops lines`, LONGEST_STALL);
}

/** From then on either set may answer, until each replica has said that it has the new one. */
async function changePolicies(world: World): Promise<void> {
  const { oracle, sets, random, policyFile } = world;
  const [current] = oracle.inForce;
  const names = (["first", "second", "many"] as const).filter((name) => sets[name] !== current);
  const next = random.pick(names);
  oracle.expect([...oracle.inForce, sets[next]]);
  await afterReload(world, "success", () => replaceFile(policyFile, POLICY_TEXTS[next]));
  oracle.expect([sets[next]]);
}

/** What cannot be read changes nothing; a good file ends it, or a replica that starts would not. */
async function breakPolicies(world: World): Promise<void> {
  await afterReload(world, "error", () => replaceFile(world.policyFile, BROKEN_POLICY));
  await changePolicies(world);
}

async function afterReload(world: World, result: "success" | "error", change: () => Promise<void>): Promise<void> {
  const series = `fairlead_reloads_total{what="policies",result="${result}"}`;
  const replicas = replicasOf(world);
  const before = new Map<Replica, number>();
  for (const replica of replicas) before.set(replica, await replica.metric(series));
  await change();
  for (const replica of replicas) {
    const told = async (): Promise<boolean> => (await replica.metric(series)) > (before.get(replica) ?? 0);
    await until(told, `${replica.name} counts a reload of policies as ${result}`);
  }
}
