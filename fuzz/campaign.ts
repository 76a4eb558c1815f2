import fc from "fast-check";
import { CaseArbitrary } from "./arbitrary.ts";
import { checkPrototypes } from "./invariants/prototypes.ts";
import { invariantOf, type Target } from "./target.ts";

/** A case for which an invariant did not hold, shrunk as far as possible. */
export interface Failure {
  readonly invariant: string;
  readonly message: string;
  readonly input: unknown;
}

export interface CampaignOptions {
  readonly runs: number;
  readonly seed: number;
  /** The number of different failures after which the campaign ends. */
  readonly failures: number;
  /** Whether failing cases are shrunk, which takes time. */
  readonly shrinks?: boolean;
  readonly onProgress?: (runs: number) => void;
}

export interface CampaignResult {
  readonly runs: number;
  readonly failures: readonly Failure[];
}

/** The number of cases drawn from one seed of fast-check. */
const BATCH = 2000;

/** Runs a target on generated cases until the number of runs or of failures is reached. */
export async function campaign<C>(target: Target<C>, options: CampaignOptions): Promise<CampaignResult> {
  const failures = new Map<string, Failure>();
  let runs = 0;
  for (let batch = 0; runs < options.runs && failures.size < options.failures; batch++) {
    const round = new Round(target, new Set(failures.keys()), options.runs - runs);
    // fast-check would count a skipped run as a failed precondition: runs are never skipped.
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

/** The cases of one seed. Shrinking keeps only cases with the same failure. */
class Round<C> {
  readonly #target: Target<C>;
  readonly #known: ReadonlySet<string>;
  readonly #maxRuns: number;
  runs = 0;
  key = "";
  invariant = "";

  constructor(target: Target<C>, known: ReadonlySet<string>, maxRuns: number) {
    this.#target = target;
    this.#known = known;
    this.#maxRuns = maxRuns;
  }

  async run(input: C): Promise<void> {
    if (this.runs >= this.#maxRuns) return;
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

/** Failures of one kind have the same message apart from quoted parts and numbers. */
function keyOf(error: unknown): string {
  const pattern =
    messageOf(error)
      .split("\n", 1)[0]
      ?.replace(/"[^"]*"|'[^']*'|[0-9.]+/g, "…") ?? "";
  return `${invariantOf(error)} ${pattern}`.slice(0, 160);
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return invariantOf(error) === "no crash" ? (error.stack ?? error.message) : error.message;
}
