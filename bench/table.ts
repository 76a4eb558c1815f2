/** One row of results: cells by column name. */
export type Row = Readonly<Record<string, string | number>>;

/** A benchmark: what every `*.bench.ts` module exports. */
export interface Benchmark {
  readonly name: string;
  run(): Promise<readonly Row[]>;
}

/** The rows as a table of text, columns in the order of the first row. */
export function tableOf(rows: readonly Row[]): string {
  const columns = Object.keys(rows[0] ?? {});
  const lines = [columns, ...rows.map((row) => columns.map((column) => String(row[column] ?? "")))];
  const widths = columns.map((_, index) => Math.max(...lines.map((line) => line[index]?.length ?? 0)));
  return lines
    .map((line) =>
      line
        .map((text, index) => text.padEnd(widths[index] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
