import { setImmediate, setTimeout } from "node:timers/promises";
import { isObject, type JsonObject } from "../../field/index.ts";
import { NO_POLICIES, type PolicySet } from "../../policy/model/index.ts";
import type { PolicySource } from "../../sources/index.ts";
import { type ClusterDependencies, errorText, isMissing, watchCollection } from "../api/index.ts";
import { Loop } from "../loop/index.ts";
import type { ReplicaRegistry } from "../replicas/index.ts";
import { type PolicyReading, type PolicyState, readPolicyObject, stateOf } from "./reading.ts";
import { POLICIES_PATH, StatusWriter } from "./status.ts";

type Items = ReadonlyMap<string, JsonObject>;

/** Reviews wait no longer than this, in milliseconds, for policies that are being read. */
const SLICE = 5;
/** How many times as long as it takes to read what is new the reading rests afterwards, and the longest rest. */
const REST = 4;
const LONGEST_REST = 200;
/** There is nothing to do until something changes. */
const NEVER = 2 ** 31 - 1;

/**
 * The ServicePolicy objects of the cluster, watched. What was read last goes on counting while the API server is away.
 * Only what has changed is read, in slices between reviews, and changes that come together are taken together.
 */
export class ClusterPolicies implements PolicySource {
  readonly #world: ClusterDependencies;
  readonly #statuses: StatusWriter;
  readonly #reading: Loop;
  #end: () => void = () => undefined;
  #closed = false;
  #items: Items = new Map();
  #state: PolicyState | undefined;
  #trouble: string | undefined;

  constructor(world: ClusterDependencies, roster: ReplicaRegistry) {
    this.#world = world;
    this.#statuses = new StatusWriter(world, roster, () => this.#state?.verdicts ?? []);
    this.#reading = new Loop(world.clock, () => this.#read());
  }

  start(): void {
    const { api, clock } = this.#world;
    const onError = (error: unknown): void => {
      this.#failed(error);
    };
    this.#end = watchCollection({ api, clock, onError }, POLICIES_PATH, kept, (items) => {
      this.#trouble = undefined;
      this.#take(items);
    });
  }

  current(): PolicySet {
    return this.#state?.set ?? NO_POLICIES;
  }

  refused(): number {
    return (this.#state?.verdicts ?? []).filter(({ problems }) => problems.length > 0).length;
  }

  /** Why reviews should wait: a server that does not know the policies yet would let everything pass. */
  readonly readiness = (): string | undefined => {
    if (this.#state !== undefined) return undefined;
    return `the policies have not been read yet${this.#trouble === undefined ? "" : `: ${this.#trouble}`}`;
  };

  async close(): Promise<void> {
    this.#closed = true;
    this.#end();
    await this.#reading.close();
    await this.#statuses.close();
  }

  #take(items: Items): void {
    this.#items = items;
    this.#reading.wake();
  }

  async #read(): Promise<number> {
    // What else this turn brings is taken along.
    await setImmediate();
    const before = new Map(this.#state?.verdicts.map((verdict) => [verdict.name, verdict]));
    const verdicts: PolicyReading[] = [];
    const start = performance.now();
    let pause = start + SLICE;
    let worked = 0;
    for (const object of [...this.#items.values()]) {
      verdicts.push(readPolicyObject(object, before.get(nameOf(object))));
      if (performance.now() < pause) continue;
      worked += SLICE;
      await setImmediate();
      if (this.#closed) return NEVER;
      pause = performance.now() + SLICE;
    }
    this.#state = stateOf(verdicts, this.#state?.set);
    for (const { name, problems } of verdicts) {
      if (problems.length > 0 && before.get(name)?.problems.join("; ") !== problems.join("; ")) {
        this.#world.log.warn({ policy: name, problems }, "a policy is not in force");
      }
    }
    this.#statuses.wake();
    await setTimeout(Math.min(REST * (worked + performance.now() - pause + SLICE), LONGEST_REST), undefined, {
      ref: false,
    });
    return NEVER;
  }

  #failed(error: unknown): void {
    // A cluster without the definition has no policies: that is an answer, too.
    if (isMissing(error)) this.#take(new Map());
    const trouble = isMissing(error) ? "the cluster does not know ServicePolicy objects" : errorText(error);
    if (trouble !== this.#trouble)
      this.#world.log.warn({ trouble }, "the policies cannot be watched: those read last go on counting");
    this.#trouble = trouble;
  }
}

function nameOf({ metadata }: JsonObject): string {
  return isObject(metadata) && typeof metadata["name"] === "string" ? metadata["name"] : "";
}

/** What the others have written about an object is of no use here, and may be most of it. */
function kept(object: JsonObject): JsonObject {
  const { apiVersion, kind, metadata, spec, status } = object;
  const { name, uid, generation, resourceVersion } = isObject(metadata) ? metadata : {};
  return { apiVersion, kind, metadata: { name, uid, generation, resourceVersion }, spec, status };
}
