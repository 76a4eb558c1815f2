import type { Row } from "../table.ts";
import type { Round } from "./load.ts";

/** The rows of a contender: its rounds by the number of clients, or the reason why it was not measured. */
export interface Measured {
  readonly name: string;
  readonly why?: string;
  readonly rounds: ReadonlyMap<number, readonly Round[]>;
}

/**
 * One row for each number of clients and contender. The first contender is what the others are compared with.
 * @param calls how many calls of webhooks a create takes, by contender.
 */
export function rowsOf(
  measured: readonly Measured[],
  clients: readonly number[],
  calls: ReadonlyMap<string, number>,
): readonly Row[] {
  const [first] = measured;
  return clients.flatMap((count) => {
    const base = quantile(createsOf(first?.rounds.get(count)), 0.5);
    return measured.map(({ name, why, rounds }) => {
      const ofCount = rounds.get(count) ?? [];
      const creates = createsOf(ofCount);
      const seconds = ofCount.reduce((sum, { elapsed }) => sum + elapsed, 0) / 1000;
      const deletes = ofCount.flatMap(({ deletes }) => deletes);
      const isMeasured = creates.length > 0;
      const ms = (value: number): string => (isMeasured ? value.toFixed(2) : "");
      return {
        clients: count,
        "in the way of a create": name,
        calls: isMeasured ? (calls.get(name) ?? 0) : "",
        "creates/s": isMeasured ? Math.round(creates.length / seconds) : (why ?? ""),
        "p50 ms": ms(quantile(creates, 0.5)),
        "p95 ms": ms(quantile(creates, 0.95)),
        "p99 ms": ms(quantile(creates, 0.99)),
        "p50 over none": ms(quantile(creates, 0.5) - base),
        "p50 of a delete": ms(quantile(deletes, 0.5)),
      };
    });
  });
}

function createsOf(rounds: readonly Round[] = []): readonly number[] {
  return rounds.flatMap(({ creates }) => creates);
}

function quantile(times: readonly number[], share: number): number {
  return times.toSorted((one, other) => one - other)[Math.floor(times.length * share)] ?? 0;
}

const START = "<!-- cluster figures: written by npm run bench:cluster -- --write -->";
const END = "<!-- end of cluster figures -->";

/**
 * The page with its block of figures replaced.
 * @throws if it has no place for them.
 */
export function withFigures(page: string, conditions: string, rows: readonly Row[]): string {
  const [before, after] = [page.indexOf(START), page.indexOf(END)];
  if (before < 0 || after < before) throw new Error(`the lines "${START}" and "${END}" are missing`);
  const columns = Object.keys(rows[0] ?? {});
  const lineOf = (cells: readonly unknown[]): string => `| ${cells.join(" | ")} |`;
  const lines = rows.map((row) => lineOf(columns.map((column) => row[column])));
  const table = [lineOf(columns), `|${"---|".repeat(columns.length)}`, ...lines].join("\n");
  return `${page.slice(0, before)}${START}\n${conditions}\n\n${table}\n${page.slice(after)}`;
}
