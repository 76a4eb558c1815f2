import { isObject, type JsonObject } from "../../field/json.ts";
import { NO_POLICIES, type PolicySet } from "../../policy/types.ts";
import type { PolicySource } from "../../server/policies.ts";
import { followCollection } from "../api/follow.ts";
import { inWords, isMissing } from "../api/kubernetes-api.ts";
import type { Roster } from "../roster.ts";
import type { Surroundings } from "../surroundings.ts";
import { type PolicyState, readPolicies } from "./reading.ts";
import { POLICIES_PATH, StatusWriter } from "./status.ts";

/**
 * The ServicePolicy objects of the cluster, watched. What was read last goes on counting while the API server is away.
 */
export class ClusterPolicies implements PolicySource {
  readonly #world: Surroundings;
  readonly #statuses: StatusWriter;
  #end: () => void = () => undefined;
  #state: PolicyState | undefined;
  #trouble: string | undefined;

  constructor(world: Surroundings, roster: Roster) {
    this.#world = world;
    this.#statuses = new StatusWriter(world, roster, () => this.#state?.verdicts ?? []);
  }

  start(): void {
    const { api, clock } = this.#world;
    const onError = (error: unknown): void => {
      this.#failed(error);
    };
    this.#end = followCollection({ api, clock, onError }, POLICIES_PATH, kept, (items) => {
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
    this.#end();
    await this.#statuses.close();
  }

  #take(items: readonly JsonObject[]): void {
    const before = new Map(this.#state?.verdicts.map(({ name, problems }) => [name, problems.join("; ")]));
    this.#state = readPolicies(items);
    this.#trouble = undefined;
    for (const { name, problems } of this.#state.verdicts) {
      const now = problems.join("; ");
      if (now !== "" && before.get(name) !== now)
        this.#world.log.warn({ policy: name, problems }, "a policy is not in force");
    }
    this.#statuses.wake();
  }

  #failed(error: unknown): void {
    // A cluster without the definition has no policies: that is an answer, too.
    if (isMissing(error)) this.#take([]);
    const trouble = isMissing(error) ? "the cluster does not know ServicePolicy objects" : inWords(error);
    if (trouble !== this.#trouble)
      this.#world.log.warn({ trouble }, "the policies cannot be watched: those read last go on counting");
    this.#trouble = trouble;
  }
}

/** What the others have written about an object is of no use here, and may be most of it. */
function kept(object: JsonObject): JsonObject {
  const { apiVersion, kind, metadata, spec, status } = object;
  const { name, generation, resourceVersion } = isObject(metadata) ? metadata : {};
  return { apiVersion, kind, metadata: { name, generation, resourceVersion }, spec, status };
}
