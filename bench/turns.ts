/** Seconds of processor time for one call of each, in alternating rounds, of which the best counts. */
export function takeTurns(works: readonly (() => void)[], rounds: number, calls: number): readonly number[] {
  const best = works.map(() => Number.POSITIVE_INFINITY);
  for (let round = 0; round < rounds; round++) {
    for (const [index, work] of works.entries()) {
      const begun = process.cpuUsage().user;
      for (let call = 0; call < calls; call++) work();
      best[index] = Math.min(best[index] ?? 0, (process.cpuUsage().user - begun) / 1e6 / calls);
    }
  }
  return best;
}
