/** What a figure should be: a limit that it keeps to, with its unit for people. */
export interface Aim {
  readonly is: "at least" | "at most";
  readonly limit: number;
  readonly unit?: string;
}

/** The aims; ratios are to the bare server; for the start of a command, to Node doing nothing; for the check, see its table. */
export const AIMS = {
  throughputUnderLoad: { is: "at least", limit: 0.85 },
  throughputOneByOne: { is: "at least", limit: 0.75 },
  p99AtFixedRate: { is: "at most", limit: 3 },
  memory: { is: "at most", limit: 1.25 },
  memoryWithCluster: { is: "at most", limit: 1.6 },
  createsPerSecond: { is: "at least", limit: 150_000, unit: "a second" },
  readyAlone: { is: "at most", limit: 300, unit: "ms" },
  readyWithCluster: { is: "at most", limit: 2000, unit: "ms" },
  checkTime: { is: "at most", limit: 0.8 },
  checkCpu: { is: "at most", limit: 1.3 },
  checkOfOthers: { is: "at most", limit: 2 },
  checkMemory: { is: "at most", limit: 150, unit: "MiB" },
  expressionSets: { is: "at least", limit: 50_000, unit: "a second" },
  editorDiagnostics: { is: "at most", limit: 30, unit: "ms" },
  editorKey: { is: "at most", limit: 5, unit: "ms" },
  pageSize: { is: "at most", limit: 400, unit: "kB" },
  pageAnswer: { is: "at most", limit: 100, unit: "ms" },
  commandStart: { is: "at most", limit: 1.6 },
} as const satisfies Readonly<Record<string, Aim>>;

/** The aim and whether the figure meets it, as a cell of a table. */
export function aimText({ is, limit, unit }: Aim, figure: number): string {
  const met = is === "at least" ? figure >= limit : figure <= limit;
  const wanted = `${is} ${limit.toLocaleString("en")}${unit === undefined ? "" : ` ${unit}`}`;
  return Number.isNaN(figure) ? wanted : `${wanted}: ${met ? "met" : "not met"}`;
}
