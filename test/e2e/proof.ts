import { unlessInterrupted } from "./interrupt.ts";

/** One thing that was to be proved, and whether it was. */
export interface Proof {
  readonly what: string;
  readonly holds: boolean;
  /** What was seen. */
  readonly seen: string;
}

/** Collects what a suite proves; a step that throws is a proof that failed, and the suite goes on. */
export class Proofs {
  readonly all: Proof[] = [];

  /**
   * Runs a step: it returns what it saw, and throws where that is not as it should be.
   * @throws Interrupted when the run is to end.
   */
  async prove(what: string, step: () => Promise<string>): Promise<void> {
    unlessInterrupted();
    try {
      this.all.push({ what, holds: true, seen: await step() });
    } catch (error) {
      // What Ctrl-C broke off proves nothing.
      unlessInterrupted();
      this.all.push({ what, holds: false, seen: error instanceof Error ? error.message : String(error) });
    }
  }
}

/** Fails the step unless `holds`. @throws with what was seen. */
export function must(holds: boolean, seen: string): asserts holds {
  if (!holds) throw new Error(seen);
}

/** The proofs as a table, one row each. */
export function table(suite: string, proofs: readonly Proof[]): string {
  const rows = proofs.map(({ what, holds, seen }) => `| ${holds ? "yes" : "NO "} | ${what} | ${oneLine(seen)} |`);
  return [`### ${suite}`, "", "| proved | what | seen |", "|---|---|---|", ...rows, ""].join("\n");
}

const MAX_SEEN = 1240;

function oneLine(text: string): string {
  const line = text
    .trim()
    .replaceAll(/\s*\n\s*/g, " / ")
    .replaceAll("|", "\\|");
  return line.length > MAX_SEEN ? `${line.slice(0, MAX_SEEN)}...` : line;
}
