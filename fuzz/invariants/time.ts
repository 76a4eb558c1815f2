import { Broken } from "../target.ts";

/**
 * The time limit in milliseconds for any input, and for each byte of it: several times what a slow machine needs, and far
 * less than quadratic work takes.
 */
const ANY_INPUT = 100;
const EACH_BYTE = 0.005;
/** Slow work is repeated this often before it counts, because the machine may be busy. */
const TRIES = 5;

/**
 * Returns the result of the work.
 * @param passes how many times the work goes over its bytes, if it is more than one judgement
 * @throws Broken if it takes more processor time than allowed in every try
 */
export function inLinearTime<T>(bytes: number, work: () => T, passes = 1): T {
  const begun = performance.now();
  const result = work();
  const allowed = (ANY_INPUT + EACH_BYTE * bytes) * passes;
  if (performance.now() - begun <= allowed) return result;
  let best = Infinity;
  for (let i = 0; i < TRIES; i++) {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    best = Math.min(best, (user + system) / 1000);
    if (best <= allowed) return result;
  }
  throw new Broken(
    "linear time",
    `${Math.round(best)} ms for ${bytes} bytes, of which ${Math.round(allowed)} are allowed`,
  );
}
