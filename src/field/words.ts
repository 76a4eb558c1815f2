/** Words longer than this are no misspelling of any of ours, and the distance is quadratic in them. */
const LONGEST = 64;

/**
 * The candidate that a misspelt word most likely stands for; undefined if none is near: a third of the letters may
 * differ, and a word may be cut short.
 */
export function nearestWord(word: string, candidates: Iterable<string>): string | undefined {
  if (word === "" || word.length > LONGEST) return undefined;
  const lower = word.toLowerCase();
  let best: string | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    if (candidate.length > LONGEST) continue;
    const other = candidate.toLowerCase();
    const limit = Math.min(Math.max(1, Math.floor(candidate.length / 3)), least - 1);
    const distance = isCutShort(lower, other) ? other.length - lower.length : distanceWithin(limit, lower, other);
    if (distance < least) [best, least] = [candidate, distance];
  }
  return best;
}

function isCutShort(word: string, candidate: string): boolean {
  return word.length >= 3 && candidate.startsWith(word);
}

/**
 * How many letters must be put in, left out, changed or swapped with their neighbour to make one text the other;
 * infinite where that is more than the limit: most words are far from most others, which is soon told.
 */
function distanceWithin(limit: number, a: string, b: string): number {
  if (Math.abs(a.length - b.length) > limit) return Number.POSITIVE_INFINITY;
  let last: readonly number[] = [];
  let row: readonly number[] = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    let nearest = i;
    for (let j = 1; j <= b.length; j++) {
      const substituted = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isSwapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swapped = isSwapped ? (last[j - 2] ?? 0) + 1 : substituted;
      const distance = Math.min(substituted, swapped, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1);
      next.push(distance);
      if (distance < nearest) nearest = distance;
    }
    // What follows is never less.
    if (nearest > limit) return Number.POSITIVE_INFINITY;
    [last, row] = [row, next];
  }
  const distance = row[b.length] ?? 0;
  return distance > limit ? Number.POSITIVE_INFINITY : distance;
}
