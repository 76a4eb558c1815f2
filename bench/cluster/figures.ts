import type { Row } from "../table.ts";
import type { Round } from "./load.ts";

/** The rows of a contender: its rounds by the number of clients, or the reason why it was not measured. */
export interface Measured {
  readonly name: string;
  readonly why?: string;
  readonly rounds: ReadonlyMap<number, readonly Round[]>;
}

/** One row for each number of clients and contender. The first contender is what the others are compared with. */
export function rowsOf(measured: readonly Measured[], clients: readonly number[]): readonly Row[] {
  const [first] = measured;
  return clients.flatMap((count) => {
    const base = quantile(createsOf(first?.rounds.get(count)), 0.5);
    return measured.map(({ name, why, rounds }) => {
      const of = rounds.get(count) ?? [];
      const creates = createsOf(of);
      const labels = { clients: count, "what is asked": name };
      if (creates.length === 0)
        return {
          ...labels,
          "creates/s": why ?? "",
          "p50 ms": "",
          "p95 ms": "",
          "p99 ms": "",
          "p50 over none": "",
          "delete p50 ms": "",
        };
      const seconds = of.reduce((sum, { elapsed }) => sum + elapsed, 0) / 1000;
      return {
        ...labels,
        "creates/s": Math.round(creates.length / seconds),
        ...Object.fromEntries(
          [50, 95, 99].map((percent) => [`p${percent} ms`, quantile(creates, percent / 100).toFixed(2)]),
        ),
        "p50 over none": (quantile(creates, 0.5) - base).toFixed(2),
        "delete p50 ms": quantile(
          of.flatMap(({ deletes }) => deletes),
          0.5,
        ).toFixed(2),
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
  const lines = [columns, columns.map(() => "---"), ...rows.map((row) => columns.map((column) => String(row[column])))];
  const table = lines.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
  return `${page.slice(0, before)}${START}\n${conditions}\n\n${table}\n${page.slice(after)}`;
}
