import type { AllocationContext } from "./context.ts";

/** Why a port is not available. */
export type PortUnavailable = "out-of-range" | "taken";

/** The number that a dry run shows first if no port was requested. */
const FIRST_SHOWN = 32769;
/** Below this number, a dry run searches for a free port; from it on, it shows the next number without a check. */
const SEARCHED_BELOW = 100;

/**
 * The node ports that one request takes, in order. `held` are the ports of the stored object: they stay taken until the
 * request is complete. A dry run checks no range, and shows the number after the highest one that it has taken: a later
 * port that requests exactly that number is refused. Source: the operation of the API server's port allocator.
 */
export class NodePortAllocator {
  readonly #context: AllocationContext;
  readonly #held: ReadonlySet<number>;
  readonly #taken = new Set<number>();
  #highest = 0;
  /** How many ports the server chose in a real write. */
  #chosen = 0;

  constructor(context: AllocationContext, held: ReadonlySet<number>) {
    this.#context = context;
    this.#held = held;
  }

  /** Takes a requested port; returns the reason if it is not available. */
  take(port: number): PortUnavailable | undefined {
    const { dryRun, cluster } = this.#context;
    const { first, last } = cluster.nodePortRange;
    if (!dryRun && (port < first || port > last)) return "out-of-range";
    if (this.#taken.has(port) || this.#held.has(port)) return "taken";
    this.#show(port);
    return undefined;
  }

  /**
   * Takes a port that the server chooses: in a dry run its number is known, in a real write it is undefined (any free one)
   * or, if there cannot be a free one, `exhausted`.
   */
  allocate(): number | "exhausted" | undefined {
    if (!this.#context.dryRun) {
      const { first, last } = this.#context.cluster.nodePortRange;
      this.#chosen++;
      return this.#chosen + this.#taken.size + this.#held.size > last - first + 1 ? "exhausted" : undefined;
    }
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
