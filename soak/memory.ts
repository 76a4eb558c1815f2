/** One look at a replica: when, in seconds, and what it held, in MiB and in numbers. */
export interface Sample {
  readonly seconds: number;
  readonly resident: number;
  readonly heap: number;
  readonly descriptors: number;
}

/** What the looks at one replica come to. */
export interface Growth {
  /** Fitted growth from the first look to the last, in MiB. */
  readonly resident: number;
  readonly heap: number;
  /** The same as an hourly rate, in MiB. */
  readonly residentPerHour: number;
  readonly heapPerHour: number;
  /** How many descriptors were open at the end beyond those at the start. */
  readonly descriptors: number;
}

/** How many looks are taken together: of the heap, the least of them is what no collection could free. */
const WINDOW = 6;

/**
 * How much may be more at the end, whatever the length of the run: the heap keeps what was last compiled and parsed,
 * and the allocator keeps pages. A leak of 32 bytes a review passes this within a run of half an hour.
 */
const ALLOWED = { heap: 24, resident: 64, descriptors: 64 } as const;

/** Undefined where there were too few looks to tell. */
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

/** What of the growth is more than may be, in words. */
export function problemsOf(growth: Growth): readonly string[] {
  return (
    (["heap", "resident", "descriptors"] as const)
      // What is no number was not to be had.
      .filter((name) => !(growth[name] <= ALLOWED[name]))
      .map((name) => `${name} grew by ${growth[name].toFixed(1)}, more than ${ALLOWED[name]}`)
  );
}

/** The slope of the straight line that fits best (least squares). */
export function slope(xs: readonly number[], ys: readonly number[]): number {
  const mean = (list: readonly number[]): number => list.reduce((sum, one) => sum + one, 0) / list.length;
  const [middleX, middleY] = [mean(xs), mean(ys)];
  let [together, alone] = [0, 0];
  xs.forEach((x, index) => {
    together += (x - middleX) * ((ys[index] ?? 0) - middleY);
    alone += (x - middleX) ** 2;
  });
  return alone === 0 ? 0 : together / alone;
}

/** What a scrape of a replica says. */
export function sampleOf(seconds: number, metrics: string): Sample {
  const valueOf = (name: string): number => Number(new RegExp(`^${name} (\\S+)`, "m").exec(metrics)?.[1] ?? Number.NaN);
  return {
    seconds,
    resident: valueOf("process_resident_memory_bytes") / 2 ** 20,
    heap: valueOf("nodejs_heap_size_used_bytes") / 2 ** 20,
    descriptors: valueOf("process_open_fds"),
  };
}
