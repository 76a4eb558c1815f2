import { unlessInterrupted } from "./interrupt.ts";

/** A proof and its result. */
export interface Proof {
  readonly what: string;
  readonly holds: boolean | "not run";
  /** What was observed, or why it was not run. */
  readonly seen: string;
}

/** Collects the proofs of a suite; a step that throws is a failed proof, and the suite continues. */
export class Proofs {
  readonly all: Proof[] = [];

  /**
   * Runs a step, which returns what it observed, and throws if that is wrong.
   * @throws Interrupted if the run is to end.
   */
  async prove(what: string, step: () => Promise<string>): Promise<void> {
    unlessInterrupted();
    const begun = Date.now();
    let proof: Proof;
    try {
      proof = { what, holds: true, seen: await step() };
    } catch (error) {
      // An interrupted step proves nothing.
      unlessInterrupted();
      proof = { what, holds: false, seen: error instanceof Error ? error.message : String(error) };
    }
    this.all.push(proof);
    // A suite may take minutes, and the table is printed only at its end.
    process.stderr.write(`${proof.holds ? "ok" : "FAILED"}: ${what} (${Math.round((Date.now() - begun) / 1000)} s)\n`);
  }
}

/** Proofs that cannot be run here are listed too. */
export function notRun(what: string, why: string): Proof {
  return { what, holds: "not run", seen: why };
}

/**
 * Fails the step unless `holds`.
 * @throws with what was observed.
 */
export function must(holds: boolean, seen: string): asserts holds {
  if (!holds) throw new Error(seen);
}

const VERDICTS: Readonly<Record<string, string>> = { true: "yes", false: "NO ", "not run": "not run" };

/** The proofs as a table, one row each. */
export function table(suite: string, proofs: readonly Proof[]): string {
  const rows = proofs.map(
    ({ what, holds, seen }) => `| ${VERDICTS[String(holds)] ?? ""} | ${what} | ${oneLine(seen)} |`,
  );
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
