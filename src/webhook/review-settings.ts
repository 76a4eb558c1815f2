import type { AdmissionSettings } from "../admission/index.ts";
import type { Checkpoint } from "../field/index.ts";
import type { ClusterFacts, InventorySource, PolicySource } from "../sources/index.ts";
import type { ServerConfig } from "./server-config.ts";

/** What the settings of reviews are made of. */
export interface SettingsSources {
  readonly config: ServerConfig;
  readonly policies: PolicySource;
  readonly cluster: ClusterFacts;
  readonly inventory: InventorySource;
  readonly clock: () => Date;
}

/**
 * Returns the settings that hold at the moment of each review. As long as nothing changes they are the same object: they
 * are asked for with every review.
 */
export function settingsOf({
  config,
  policies,
  cluster,
  inventory,
  clock,
}: SettingsSources): (checkpoint?: Checkpoint) => AdmissionSettings {
  const { validity, defaults, exempt } = config;
  const exemptions = { namespaces: [...exempt.namespaces, exempt.ownNamespace], services: exempt.services };
  const namespaceLabels = cluster.namespaceLabels?.bind(cluster);
  const today = dateOf(clock);
  let last: AdmissionSettings | undefined;
  return (checkpoint) => {
    const { profile, version } = cluster.current();
    const current = {
      cluster: profile,
      version,
      policies: policies.current(),
      inventory: inventory.current(),
      today: today(),
      checkpoint,
    };
    if (last === undefined || !isSame(last, current))
      last = { ...current, ipFamilyPolicy: defaults.ipFamilyPolicy, validity, exempt: exemptions, namespaceLabels };
    return last;
  };
}

type ChangingSettings = Pick<
  AdmissionSettings,
  "cluster" | "version" | "policies" | "inventory" | "today" | "checkpoint"
>;

function isSame(one: ChangingSettings, other: ChangingSettings): boolean {
  return (
    one.cluster === other.cluster &&
    one.version === other.version &&
    one.policies === other.policies &&
    one.inventory === other.inventory &&
    one.today === other.today &&
    one.checkpoint === other.checkpoint
  );
}

const MILLISECONDS_OF_DAY = 86_400_000;

/** Returns the date of the clock in UTC, `YYYY-MM-DD`. It is formatted once a day. */
function dateOf(clock: () => Date): () => string {
  let [day, text] = [Number.NaN, ""];
  return () => {
    const now = clock();
    const today = Math.floor(now.getTime() / MILLISECONDS_OF_DAY);
    if (today !== day) [day, text] = [today, now.toISOString().slice(0, "YYYY-MM-DD".length)];
    return text;
  };
}
