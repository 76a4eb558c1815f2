import type { Condition, Damage, Replica, Scenario, Step } from "./scenarios.ts";

/** The state that can be observed from outside. Certificates are named by their SHA-256 fingerprints. */
export interface Observation {
  readonly running: readonly {
    readonly name: Replica;
    readonly ready: boolean;
    /** The certificate that it serves; undefined if none. */
    readonly certificate: string | undefined;
    /** Whether calls succeed that trust what the webhook configurations say, webhook by webhook. */
    readonly trusted: boolean;
  }[];
  readonly stored: {
    readonly certificate: string | undefined;
    readonly ca: string | undefined;
    /** Whether key, certificate and CA belong together. */
    readonly valid: boolean;
    /** The number of previous CAs in it. */
    readonly previous: number;
  };
  /** The CAs in the caBundle of each webhook. */
  readonly bundles: readonly (readonly string[])[];
  /** The replicas in the registry that are not running: read last, so that they were there when the rest was read. */
  readonly silent: readonly string[];
}

/** A cluster in which a scenario runs. */
export interface ScenarioCluster {
  start(replicas: readonly Replica[]): Promise<void>;
  stop(replicas: readonly Replica[]): Promise<void>;
  kill(replicas: readonly Replica[]): Promise<void>;
  doom(replica: Replica): Promise<void>;
  blind(replica: Replica): Promise<void>;
  observe(): Promise<Observation>;
  /** Waits a moment between two observations. */
  moment(): Promise<void>;
  pass(what: "until renewal" | "until expiry" | "until the silent are gone"): Promise<void>;
  startTraffic(): Promise<void>;
  /** The failures since it was started, and the number of calls. */
  endTraffic(): Promise<{ readonly calls: number; readonly failures: readonly string[] }>;
  damage(what: Damage): Promise<void>;
  secret(what: "delete" | "keep a copy"): Promise<void>;
  registration(what: "create" | "delete" | "wipe the caBundle" | "trust a stranger too"): Promise<void>;
  api(what: "away" | "back"): Promise<void>;
}

/** In how many observations a condition must come true, and for how many it must then stay true. */
export interface Patience {
  readonly looks: number;
  readonly keeps: number;
}

type Certificates = ReadonlyMap<Replica, string | undefined>;

const CONDITIONS: Record<Condition, (seen: Observation, remembered: Certificates) => boolean> = {
  trusted: ({ running }) => running.length > 0 && running.every(({ ready, trusted }) => ready && trusted),
  "not ready": ({ running }) => running.every(({ ready }) => !ready),
  agreed: ({ running, stored }) =>
    stored.certificate !== undefined && running.every(({ certificate }) => certificate === stored.certificate),
  renewed: ({ running }, remembered) => {
    const old = new Set(remembered.values());
    return running.every(({ certificate }) => certificate !== undefined && !old.has(certificate));
  },
  unchanged: ({ running }, remembered) =>
    running.every(({ name, certificate }) => certificate === remembered.get(name)),
  "one CA": ({ stored, bundles }) =>
    stored.previous === 0 &&
    bundles.length > 0 &&
    bundles.every((bundle) => bundle.length === 1 && bundle[0] === stored.ca),
  "two CAs": ({ bundles }) => bundles.length > 0 && bundles.every((bundle) => bundle.length === 2),
  "one behind": ({ running, stored }, remembered) => {
    const others = running.filter(({ name, certificate }) => certificate !== remembered.get(name));
    return (
      others.length === running.length - 1 && others.every(({ certificate }) => certificate === stored.certificate)
    );
  },
  held: ({ silent, bundles }) => silent.length === 0 || bundles.every((bundle) => bundle.length > 1),
  stored: ({ stored }) => stored.valid,
};

/**
 * Runs a scenario, step by step.
 * @throws Error naming the step that failed, and what was observed.
 */
export async function runScenario(scenario: Scenario, cluster: ScenarioCluster, patience: Patience): Promise<void> {
  let remembered: Certificates = new Map();
  for (const [position, step] of scenario.steps.entries()) {
    try {
      remembered = (await take(step, cluster, patience, remembered)) ?? remembered;
    } catch (error) {
      throw new Error(
        `step ${position + 1}, ${JSON.stringify(step)}: ${error instanceof Error ? error.message : String(error)}`,
        { cause: error },
      );
    }
  }
}

async function take(
  step: Step,
  cluster: ScenarioCluster,
  patience: Patience,
  remembered: Certificates,
): Promise<Certificates | undefined> {
  if ("start" in step) await cluster.start(step.start);
  else if ("stop" in step) await cluster.stop(step.stop);
  else if ("kill" in step) await cluster.kill(step.kill);
  else if ("doom" in step) await cluster.doom(step.doom);
  else if ("blind" in step) await cluster.blind(step.blind);
  else if ("until" in step) await until(step, cluster, patience.looks, remembered);
  else if ("keeps" in step) await keeps(step.keeps, cluster, patience.keeps, remembered);
  else if ("remember" in step)
    return new Map((await cluster.observe()).running.map(({ name, certificate }) => [name, certificate]));
  else if ("traffic" in step) await (step.traffic === "on" ? cluster.startTraffic() : endTraffic(cluster));
  else if ("pass" in step) await cluster.pass(step.pass);
  else if ("damage" in step) await cluster.damage(step.damage);
  else if ("secret" in step) await cluster.secret(step.secret);
  else if ("registration" in step) await cluster.registration(step.registration);
  else await cluster.api(step.api);
  return undefined;
}

async function until(
  { until: conditions, meanwhile = [] }: Extract<Step, { readonly until: unknown }>,
  cluster: ScenarioCluster,
  looks: number,
  remembered: Certificates,
): Promise<void> {
  let seen = await cluster.observe();
  for (let look = 0; look < looks; look++) {
    if (!meanwhile.every((condition) => CONDITIONS[condition](seen, remembered)))
      throw new Error(complaint(meanwhile, seen, remembered));
    if (conditions.every((condition) => CONDITIONS[condition](seen, remembered))) return;
    await cluster.moment();
    seen = await cluster.observe();
  }
  throw new Error(complaint(conditions, seen, remembered));
}

async function keeps(
  conditions: readonly Condition[],
  cluster: ScenarioCluster,
  looks: number,
  remembered: Certificates,
): Promise<void> {
  for (let look = 0; look < looks; look++) {
    const seen = await cluster.observe();
    if (!conditions.every((condition) => CONDITIONS[condition](seen, remembered)))
      throw new Error(complaint(conditions, seen, remembered));
    await cluster.moment();
  }
}

async function endTraffic(cluster: ScenarioCluster): Promise<void> {
  const { calls, failures } = await cluster.endTraffic();
  if (failures.length > 0) throw new Error(`${failures.length} of ${calls} calls failed: ${failures[0] ?? ""}`);
  if (calls === 0) throw new Error("no call was made");
}

function complaint(conditions: readonly Condition[], seen: Observation, remembered: Certificates): string {
  const unmet = conditions.filter((condition) => !CONDITIONS[condition](seen, remembered));
  return `not so: ${unmet.join(", ")}; seen: ${JSON.stringify(seen)}; remembered: ${JSON.stringify([...remembered])}`;
}
