import fc from "fast-check";
import { CaseArbitrary } from "./arbitrary.ts";
import { checkPrototypes } from "./invariants/prototypes.ts";
import { invariantOf, type Target } from "./target.ts";

/** A case on which an invariant did not hold, made as small as it could be made. */
export interface Failure {
  readonly invariant: string;
  readonly message: string;
  readonly input: unknown;
}

export interface CampaignOptions {
  readonly runs: number;
  readonly seed: number;
  /** So many different failures are looked for before it ends. */
  readonly failures: number;
  /** Whether what fails is made smaller: it takes a while. */
  readonly shrinks?: boolean;
  readonly onProgress?: (runs: number) => void;
}

export interface CampaignResult {
  readonly runs: number;
  readonly failures: readonly Failure[];
}

/** So many cases are drawn from one seed of fast-check. */
const BATCH = 2000;

/** Runs a target on drawn cases until there were so many runs, or so many failures. */
export async function campaign<C>(target: Target<C>, options: CampaignOptions): Promise<CampaignResult> {
  const failures = new Map<string, Failure>();
  let runs = 0;
  for (let batch = 0; runs < options.runs && failures.size < options.failures; batch++) {
    const round = new Round(target, new Set(failures.keys()), options.runs - runs);
    // fast-check looks at a run that is taken back as one that failed to meet a condition: none is.
    const found = await fc.check(
      fc.asyncProperty(new CaseArbitrary(target), (input) => round.run(input)),
      { seed: (options.seed + batch) | 0, numRuns: BATCH, endOnFailure: options.shrinks === false },
    );
    runs += round.runs;
    checkPrototypes();
    if (found.failed) {
      const [input] = found.counterexample ?? [];
      const failure = { invariant: round.invariant, message: messageOf(found.errorInstance), input };
      failures.set(round.key, failure);
    }
    options.onProgress?.(runs);
  }
  return { runs, failures: [...failures.values()] };
}

/** A few cases: a failure is only made smaller as long as it stays the same one. */
class Round<C> {
  readonly #target: Target<C>;
  readonly #known: ReadonlySet<string>;
  readonly #most: number;
  runs = 0;
  key = "";
  invariant = "";

  constructor(target: Target<C>, known: ReadonlySet<string>, most: number) {
    this.#target = target;
    this.#known = known;
    this.#most = most;
  }

  async run(input: C): Promise<void> {
    if (this.runs >= this.#most) return;
    if (this.key === "") this.runs += this.#target.runsOf(input);
    try {
      await this.#target.check(input);
    } catch (error) {
      const key = keyOf(error);
      if (this.#known.has(key) || (this.key !== "" && this.key !== key)) return;
      this.key = key;
      this.invariant = invariantOf(error);
      throw error;
    }
  }
}

/** Failures of one kind say the same, but for what stands in quotes and for numbers. */
function keyOf(error: unknown): string {
  const words =
    messageOf(error)
      .split("\n", 1)[0]
      ?.replace(/"[^"]*"|'[^']*'|[0-9.]+/g, "…") ?? "";
  return `${invariantOf(error)} ${words}`.slice(0, 160);
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return invariantOf(error) === "no crash" ? (error.stack ?? error.message) : error.message;
}
