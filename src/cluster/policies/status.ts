import { type JsonObject, valueAt } from "../../field/index.ts";
import type { ServicePolicy } from "../../policy/schema/index.ts";
import { type ClusterDependencies, errorText, isConflict, isMissing, objectsAt, textAt } from "../api/index.ts";
import type { CallCoverage } from "../calls/index.ts";
import { type InventoryCoverage, withoutInventory } from "../inventory/index.ts";
import { Loop } from "../loop/index.ts";
import type { ReplicaRegistry } from "../replicas/index.ts";
import type { PolicyReading } from "./reading.ts";

const CONDITION = "InForce";
/** The maximum length of a condition's message in Kubernetes. */
const LONGEST_MESSAGE = 32_768;
/** Milliseconds until the next run: without a change, and after a failure. */
const RESYNC = 300_000;
const RETRY = 10_000;

/** The collection of ServicePolicy objects. */
export const POLICIES_PATH = "/apis/fairlead.dev/v1alpha1/servicepolicies";

/** What a policy's status also says, though the policy is in force. */
export interface Coverage {
  readonly calls?: CallCoverage | undefined;
  readonly inventory?: InventoryCoverage | undefined;
}

/** Writes into each policy's status whether it is in force. Only the leader among the replicas does so. */
export class StatusWriter {
  readonly #dependencies: ClusterDependencies;
  readonly #registry: ReplicaRegistry;
  readonly #readings: () => readonly PolicyReading[];
  readonly #coverage: Coverage;
  readonly #loop: Loop;
  readonly #unsubscribe: readonly (() => void)[];
  #closed = false;

  constructor(
    dependencies: ClusterDependencies,
    registry: ReplicaRegistry,
    readings: () => readonly PolicyReading[],
    coverage: Coverage = {},
  ) {
    this.#dependencies = dependencies;
    this.#registry = registry;
    this.#readings = readings;
    this.#coverage = coverage;
    this.#loop = new Loop(dependencies.clock, () => this.#write());
    const wake = (): void => {
      this.wake();
    };
    this.#unsubscribe = [registry.subscribe(wake), coverage.inventory?.subscribe(wake) ?? (() => undefined)];
  }

  /** Tells the writer that the readings have changed. */
  wake(): void {
    this.#loop.wake();
  }

  /** Stops after the current write; another replica does the rest. */
  close(): Promise<void> {
    this.#closed = true;
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
    return this.#loop.close();
  }

  async #write(): Promise<number> {
    if (!this.#registry.isLeader()) return RESYNC;
    let pause = RESYNC;
    const readings = this.#readings();
    // Before a policy is said to be in force, the API server has to send what it looks at.
    const { calls, inventory } = this.#coverage;
    const withoutEffect = await calls?.cover();
    const limitsOf = (policy: ServicePolicy): readonly string[] =>
      [withoutEffect?.(policy), inventory === undefined ? undefined : withoutInventory(policy, inventory)].filter(
        (limit) => limit !== undefined,
      );
    if (!this.#registry.isLeader()) return RESYNC;
    for (const reading of readings) {
      if (this.#closed) break;
      const status = statusFor(reading, limitsOf, this.#dependencies.clock.now());
      if (status === undefined) continue;
      try {
        await this.#dependencies.api.patch(`${POLICIES_PATH}/${reading.name}/status`, "merge", status);
      } catch (error) {
        // The object was changed or deleted meanwhile: the watch is about to report it, and the status is
        // written then.
        if (isConflict(error) || isMissing(error)) continue;
        this.#dependencies.log.warn(
          { policy: reading.name, trouble: errorText(error) },
          "a policy's status cannot be written",
        );
        pause = RETRY;
      }
    }
    return pause;
  }
}

/** The patch that brings the status up to date; undefined if it already is. */
function statusFor(
  { object, problems, policy }: PolicyReading,
  limitsOf: (policy: ServicePolicy) => readonly string[],
  now: Date,
): JsonObject | undefined {
  const inForce = problems.length === 0;
  const limits = policy === undefined ? [] : limitsOf(policy);
  const current = objectsAt(object, "status", "conditions").find(({ type }) => type === CONDITION);
  const generation = valueAt(object, ["metadata", "generation"]);
  const condition = {
    type: CONDITION,
    status: inForce ? "True" : "False",
    reason: inForce ? (limits.length === 0 ? "Accepted" : "AcceptedInPart") : "Refused",
    message: inForce
      ? `the policy is in force${limits.length === 0 ? "" : `, but ${limits.join("; ")}`}`.slice(0, LONGEST_MESSAGE)
      : problems.join("; ").slice(0, LONGEST_MESSAGE),
    ...(typeof generation === "number" ? { observedGeneration: generation } : {}),
  };
  const isCurrent = current !== undefined && Object.entries(condition).every(([key, value]) => current[key] === value);
  const rules = ruleList(object);
  if (isCurrent && valueAt(object, ["status", "rules"]) === rules) return undefined;
  const since = current?.status === condition.status ? textAt(current, "lastTransitionTime") : undefined;
  const lastTransitionTime = since ?? now.toISOString().replace(/\.\d+Z$/, "Z");
  return {
    metadata: { resourceVersion: textAt(object, "metadata", "resourceVersion") },
    status: { rules, conditions: [{ ...condition, lastTransitionTime }] },
  };
}

/** The ids of the policy's rules and its own validations as one string: a printer column shows only the first match of its JSONPath. */
function ruleList(object: JsonObject): string {
  const ids = [
    ...objectsAt(object, "spec", "rules").map((entry) => textAt(entry, "rule")),
    ...objectsAt(object, "spec", "validations").map((entry, i) => textAt(entry, "name") ?? `validations[${i}]`),
  ];
  return [...new Set(ids.filter((id) => id !== undefined))].join(", ").slice(0, LONGEST_MESSAGE);
}
