import type { AllocationContext } from "./allocation-context.ts";

/** Why a port cannot be had. */
export type Obstacle = "out-of-range" | "taken";

/** The number that a dry run shows first where nothing was asked for. */
const FIRST_SHOWN = 32769;
/** Below it a dry run looks for a number that is free; above it just shows the next. */
const SEARCHED_BELOW = 100;

/**
 * The node ports that one request takes, in the order in which it takes them. `held` are the stored object's own: they
 * are taken until the request is through. A dry run looks at no range, and shows the number behind the highest that it
 * has taken: a later port that asks for just that one is refused. Source: the port allocator's operation.
 */
export class PortOperation {
  readonly #context: AllocationContext;
  readonly #held: ReadonlySet<number>;
  readonly #taken = new Set<number>();
  #highest = 0;

  constructor(context: AllocationContext, held: ReadonlySet<number>) {
    this.#context = context;
    this.#held = held;
  }

  /** Takes the port that was asked for; says why, if it cannot be had. */
  take(port: number): Obstacle | undefined {
    const { dryRun, cluster } = this.#context;
    const { first, last } = cluster.nodePortRange;
    if (!dryRun && (port < first || port > last)) return "out-of-range";
    if (this.#taken.has(port) || this.#held.has(port)) return "taken";
    this.#show(port);
    return undefined;
  }

  /** Takes a port of the server's choice: a dry run's is known, a real write's is undefined (any that is free). */
  pick(): number | undefined {
    if (!this.#context.dryRun) return undefined;
    if (this.#taken.size === 0) return this.#show(FIRST_SHOWN);
    const next = this.#highest + 1;
    for (let port = next; port < SEARCHED_BELOW; port++) if (this.take(port) === undefined) return port;
    return this.#show(next);
  }

  #show(port: number): number {
    this.#taken.add(port);
    this.#highest = Math.max(this.#highest, port);
    return port;
  }
}
