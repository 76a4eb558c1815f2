import type { AuditResult } from "../../audit/results/index.ts";
import { type ClusterDependencies, errorText } from "../api/index.ts";
import { eventOf } from "./events.ts";

/** How many Events are written in a round, and after it until the next one. */
const MOST_EVENTS = 20;

/** Writes an Event for each Service about which something new was found. */
export class Announcer {
  readonly #dependencies: ClusterDependencies;
  readonly #reporter: string;
  /** What was told, where no report knows it. */
  readonly #told = new Map<string, ReadonlySet<string>>();
  #left = 0;
  #isSilent = false;

  /** @param reporter the name of this replica */
  constructor(dependencies: ClusterDependencies, reporter: string) {
    this.#dependencies = dependencies;
    this.#reporter = reporter;
  }

  /** @param isSilent whether nothing is known of what was told before: then everything would seem to be new */
  beginRound(isSilent: boolean): void {
    this.#left = MOST_EVENTS;
    this.#isSilent = isSilent;
  }

  /** All that the round has found is written: what comes from now on is new. */
  endRound(): void {
    this.#isSilent = false;
  }

  /** Tells what is new in a namespace. @param told the results that its reports listed before */
  async announce(namespace: string, results: readonly AuditResult[], told: ReadonlySet<string>): Promise<void> {
    const before = this.#told.get(namespace);
    this.#told.set(namespace, new Set(results.map(({ id }) => id)));
    if (this.#isSilent) return;
    const fresh = results.filter(
      ({ id, result, subject }) =>
        subject.kind === "Service" && result !== "skip" && !told.has(id) && before?.has(id) !== true,
    );
    for (const [, [first, ...others] = []] of Map.groupBy(fresh, ({ subject }) => subject.name)) {
      if (first === undefined || this.#left === 0) continue;
      this.#left--;
      try {
        const event = eventOf([first, ...others], this.#reporter, this.#dependencies.clock.now());
        await this.#dependencies.api.create(`/api/v1/namespaces/${namespace}/events`, event);
      } catch (error) {
        // An Event is a courtesy: the report has it all.
        this.#dependencies.log.warn({ trouble: errorText(error) }, "an Event could not be written");
      }
    }
  }
}
