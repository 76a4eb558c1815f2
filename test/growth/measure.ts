/** What eight times as much may cost: eight times as much and room for caches and collections; a square is 64 times. */
export const MOST_GROWTH = 27;
/** Less than this many milliseconds are no measure. */
const LEAST = 4;
const REPEATS = 5;

/**
 * How many times the processor time of `run(size)` eight times the size takes: the least of several, ended as soon as
 * it is good. Processor time, not time, because the machine may be busy.
 */
export function growth(size: number, prepare: (size: number) => () => void): number {
  const [small, large] = [prepare(size), prepare(size * 8)];
  let [least, most] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let i = 0; i < REPEATS; i++) {
    least = Math.min(least, millisecondsOf(small));
    most = Math.min(most, millisecondsOf(large));
    if (most / Math.max(least, LEAST) <= MOST_GROWTH) break;
  }
  return most / Math.max(least, LEAST);
}

function millisecondsOf(run: () => void): number {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
