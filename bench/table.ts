/** One row of results: cells by column name. */
export type Row = Readonly<Record<string, string | number>>;

/** Rows with a title. Ratios come before absolute figures wherever both are shown. */
export interface Table {
  readonly title: string;
  readonly kind: "ratios" | "figures";
  readonly rows: readonly Row[];
}

/** How the benchmarks are run. */
export interface Options {
  /** Few and short rounds: enough to see that everything runs, too few to compare by. */
  readonly quick: boolean;
}

/** A benchmark: what every `*.bench.ts` module exports. What it returns is one table of figures, or several tables. */
export interface Benchmark {
  readonly name: string;
  run(options: Options): Promise<readonly Row[] | readonly Table[]>;
}

/** The results of a benchmark as tables. */
export function tablesOf(name: string, results: readonly (Row | Table)[]): readonly Table[] {
  const rows: Row[] = [];
  const tables: Table[] = [];
  for (const result of results) {
    if (isTable(result)) tables.push(result);
    else rows.push(result);
  }
  return rows.length === 0 ? tables : [...tables, { title: name, kind: "figures", rows }];
}

function isTable(result: Row | Table): result is Table {
  return Array.isArray(result["rows"]);
}

/** The rows, all with a column `note` if one of them has a note: what is absent from the first row would not be shown. */
export function withNotes(rows: readonly Row[]): readonly Row[] {
  return rows.some((row) => "note" in row) ? rows.map((row) => ({ ...row, note: row["note"] ?? "" })) : rows;
}

/** The rows as a table of text, columns in the order of the first row. */
export function tableOf(rows: readonly Row[]): string {
  const lines = linesOf(rows);
  const widths = lines[0]?.map((_, index) => Math.max(...lines.map((line) => line[index]?.length ?? 0))) ?? [];
  return lines
    .map((line) =>
      line
        .map((text, index) => text.padEnd(widths[index] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** The same as a table of Markdown. */
export function markdownOf(rows: readonly Row[]): string {
  const [head = [], ...body] = linesOf(rows).map((cells) => cells.map((cell) => cell.replaceAll("|", "\\|")));
  const lineOf = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [lineOf(head), `|${"---|".repeat(head.length)}`, ...body.map(lineOf)].join("\n");
}

function linesOf(rows: readonly Row[]): readonly (readonly string[])[] {
  const columns = Object.keys(rows[0] ?? {});
  return [columns, ...rows.map((row) => columns.map((column) => String(row[column] ?? "")))];
}
