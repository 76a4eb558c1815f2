/** One sample of a replica: seconds since the start of the run, memory in MiB, number of file descriptors. */
export interface Sample {
  readonly seconds: number;
  readonly resident: number;
  readonly heap: number;
  readonly descriptors: number;
}

/** The growth of one replica over its samples. */
export interface Growth {
  /** Fitted growth from the first sample to the last, in MiB. */
  readonly resident: number;
  readonly heap: number;
  /** The same as an hourly rate, in MiB. */
  readonly residentPerHour: number;
  readonly heapPerHour: number;
  /** How many more file descriptors were open at the end than at the start. */
  readonly descriptors: number;
}

/** The number of samples in a window, of which the minimum counts: it is closest to what garbage collection cannot free. */
const WINDOW = 6;

/**
 * The growth that is allowed (MiB, MiB, number), whatever the length of the run: the heap keeps what was last compiled
 * and parsed, and the allocator keeps pages. A leak of 32 bytes per review exceeds this within half an hour.
 */
const ALLOWED = { heap: 24, resident: 64, descriptors: 64 } as const;

/** The growth over the samples; undefined if there are too few of them. */
export function growthOf(samples: readonly Sample[]): Growth | undefined {
  const windows: Sample[][] = [];
  for (let start = 0; start + WINDOW <= samples.length; start += WINDOW)
    windows.push(samples.slice(start, start + WINDOW));
  const [first, last] = [windows[0], windows.at(-1)];
  if (windows.length < 3 || first === undefined || last === undefined) return undefined;
  const least = (name: "resident" | "heap" | "descriptors") => (window: readonly Sample[]) =>
    Math.min(...window.map((sample) => sample[name]));
  const times = windows.map((window) => window[0]?.seconds ?? 0);
  const span = (times.at(-1) ?? 0) - (times[0] ?? 0);
  const heap = slope(times, windows.map(least("heap")));
  const resident = slope(times, windows.map(least("resident")));
  return {
    heap: heap * span,
    resident: resident * span,
    heapPerHour: heap * 3600,
    residentPerHour: resident * 3600,
    descriptors: least("descriptors")(last) - least("descriptors")(first),
  };
}

/** One sentence for each kind of growth that exceeds what is allowed. */
export function problemsOf(growth: Growth): readonly string[] {
  return (
    (["heap", "resident", "descriptors"] as const)
      // NaN: the metric is missing.
      .filter((name) => !(growth[name] <= ALLOWED[name]))
      .map((name) => `${name} grew by ${growth[name].toFixed(1)}, more than ${ALLOWED[name]}`)
  );
}

/** The slope of the least-squares line. */
export function slope(xs: readonly number[], ys: readonly number[]): number {
  const mean = (list: readonly number[]): number => list.reduce((sum, one) => sum + one, 0) / list.length;
  const [middleX, middleY] = [mean(xs), mean(ys)];
  let [covariance, variance] = [0, 0];
  xs.forEach((x, index) => {
    covariance += (x - middleX) * ((ys[index] ?? 0) - middleY);
    variance += (x - middleX) ** 2;
  });
  return variance === 0 ? 0 : covariance / variance;
}

/** The sample in a scrape of a replica's metrics. */
export function sampleOf(seconds: number, metrics: string): Sample {
  const valueOf = (name: string): number => Number(new RegExp(`^${name} (\\S+)`, "m").exec(metrics)?.[1] ?? Number.NaN);
  return {
    seconds,
    resident: valueOf("process_resident_memory_bytes") / 2 ** 20,
    heap: valueOf("nodejs_heap_size_used_bytes") / 2 ** 20,
    descriptors: valueOf("process_open_fds"),
  };
}
