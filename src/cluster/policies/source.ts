import { setImmediate, setTimeout } from "node:timers/promises";
import { isObject, type JsonObject } from "../../field/index.ts";
import { NO_POLICIES, type PolicySet } from "../../policy/model/index.ts";
import type { PolicySource } from "../../sources/index.ts";
import { type ClusterDependencies, errorText, isMissing, watchCollection } from "../api/index.ts";
import { Loop } from "../loop/index.ts";
import type { ReplicaRegistry } from "../replicas/index.ts";
import { type PolicyReading, type PolicyState, readPolicyObject, stateOf } from "./reading.ts";
import { type Coverage, POLICIES_PATH, StatusWriter } from "./status.ts";

type Items = ReadonlyMap<string, JsonObject>;

/** The longest time, in milliseconds, for which reading policies blocks reviews. */
const SLICE = 5;
/** The pause after reading, as a multiple of the time that reading took, and its maximum in milliseconds. */
const REST = 4;
const LONGEST_REST = 200;
/** No timer: the loop waits to be woken. */
const NEVER = 2 ** 31 - 1;

/**
 * The policies of the cluster, kept up to date by a watch. While the API server is away, the last known policies stay
 * in use. Only changed objects are read again, in slices between reviews, and changes that arrive together are read
 * together.
 */
export class ClusterPolicies implements PolicySource {
  readonly #dependencies: ClusterDependencies;
  readonly #statuses: StatusWriter;
  readonly #loop: Loop;
  #stopWatching: () => void = () => undefined;
  #closed = false;
  #items: Items = new Map();
  #state: PolicyState | undefined;
  #trouble: string | undefined;

  constructor(dependencies: ClusterDependencies, registry: ReplicaRegistry, coverage?: Coverage) {
    this.#dependencies = dependencies;
    this.#statuses = new StatusWriter(dependencies, registry, () => this.#state?.readings ?? [], coverage);
    this.#loop = new Loop(dependencies.clock, () => this.#read());
  }

  start(): void {
    const { api, clock } = this.#dependencies;
    const onError = (error: unknown): void => {
      this.#onWatchError(error);
    };
    this.#stopWatching = watchCollection({ api, clock, onError }, POLICIES_PATH, pickFields, (items) => {
      this.#trouble = undefined;
      this.#take(items);
    });
  }

  current(): PolicySet {
    return this.#state?.set ?? NO_POLICIES;
  }

  /** The policies that are in force; undefined before they have been read. */
  known(): PolicySet | undefined {
    return this.#state?.set;
  }

  refused(): number {
    return (this.#state?.readings ?? []).filter(({ problems }) => problems.length > 0).length;
  }

  /** Why this server is not ready: before the policies are known, it would allow everything. */
  readonly readiness = (): string | undefined => {
    if (this.#state !== undefined) return undefined;
    return `the policies have not been read yet${this.#trouble === undefined ? "" : `: ${this.#trouble}`}`;
  };

  async close(): Promise<void> {
    this.#closed = true;
    this.#stopWatching();
    await this.#loop.close();
    await this.#statuses.close();
  }

  #take(items: Items): void {
    this.#items = items;
    this.#loop.wake();
  }

  async #read(): Promise<number> {
    // Changes that arrive in the same tick are read together.
    await setImmediate();
    const before = new Map(this.#state?.readings.map((reading) => [reading.name, reading]));
    const readings: PolicyReading[] = [];
    const start = performance.now();
    let pause = start + SLICE;
    let worked = 0;
    for (const object of [...this.#items.values()]) {
      readings.push(readPolicyObject(object, before.get(nameOf(object))));
      if (performance.now() < pause) continue;
      worked += SLICE;
      await setImmediate();
      if (this.#closed) return NEVER;
      pause = performance.now() + SLICE;
    }
    this.#state = stateOf(readings, this.#state?.set);
    for (const { name, problems } of readings) {
      if (problems.length > 0 && before.get(name)?.problems.join("; ") !== problems.join("; ")) {
        this.#dependencies.log.warn({ policy: name, problems }, "a policy is not in force");
      }
    }
    this.#statuses.wake();
    await setTimeout(Math.min(REST * (worked + performance.now() - pause + SLICE), LONGEST_REST), undefined, {
      ref: false,
    });
    return NEVER;
  }

  #onWatchError(error: unknown): void {
    // Without the CustomResourceDefinition the cluster has no policies: that is a valid result.
    if (isMissing(error)) this.#take(new Map());
    const trouble = isMissing(error) ? "the cluster does not know ServicePolicy objects" : errorText(error);
    if (trouble !== this.#trouble)
      this.#dependencies.log.warn({ trouble }, "the policies cannot be watched: those read last go on counting");
    this.#trouble = trouble;
  }
}

function nameOf({ metadata }: JsonObject): string {
  return isObject(metadata) && typeof metadata["name"] === "string" ? metadata["name"] : "";
}

/** Managed fields and annotations are not needed, and can be the larger part of an object. */
function pickFields(object: JsonObject): JsonObject {
  const { apiVersion, kind, metadata, spec, status } = object;
  const { name, uid, generation, resourceVersion } = isObject(metadata) ? metadata : {};
  return { apiVersion, kind, metadata: { name, uid, generation, resourceVersion }, spec, status };
}
