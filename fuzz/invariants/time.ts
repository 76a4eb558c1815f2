import { Broken } from "../target.ts";

/**
 * What any input may take, and each byte of it more: several times what a slow machine needs, and far less than work
 * that grows with the square of the bytes.
 */
const ANY_INPUT = 100;
const EACH_BYTE = 0.005;
/** The machine has other things to do: what took long is looked at again before it counts. */
const TRIES = 5;

/**
 * What the work returns.
 * @param passes how many times the work goes over its bytes, where that is more than a judgement does
 * @throws Broken if it takes more processor time than its bytes allow, each time
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
