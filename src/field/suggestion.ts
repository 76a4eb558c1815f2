/** The longest word that is compared, in characters: the distance takes quadratic time, and no known word is as long. */
const LONGEST = 64;

/** `; did you mean "x"?`, to be appended to a message; empty if no candidate is near. */
export function didYouMean(word: string, candidates: Iterable<string>): string {
  const candidate = nearestWord(word, candidates);
  return candidate === undefined ? "" : `; did you mean "${candidate}"?`;
}

/**
 * The candidate that a misspelt word most likely stands for; undefined if none is near, or if the value is not a string.
 * Up to a third of the letters may differ, and a word may be cut short.
 * @param most how many letters may differ at most, where a third is too many
 */
export function nearestWord(
  word: unknown,
  candidates: Iterable<string> | undefined,
  most = Number.POSITIVE_INFINITY,
): string | undefined {
  if (typeof word !== "string" || word === "" || word.length > LONGEST) return undefined;
  const lower = word.toLowerCase();
  let best: string | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const candidate of candidates ?? []) {
    if (candidate.length > LONGEST) continue;
    const other = candidate.toLowerCase();
    const limit = Math.min(Math.max(1, Math.floor(candidate.length / 3)), most, least - 1);
    const distance = isCutShort(lower, other) ? other.length - lower.length : distanceWithin(limit, lower, other);
    if (distance <= most && distance < least) [best, least] = [candidate, distance];
  }
  return best;
}

function isCutShort(word: string, candidate: string): boolean {
  return word.length >= 3 && candidate.startsWith(word);
}

/**
 * The edit distance of two texts (insertions, deletions, substitutions and swaps of neighbours); infinite if it exceeds
 * the limit: most words are far from most others, and the limit ends the comparison early.
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
    // The distances of later rows are never smaller.
    if (nearest > limit) return Number.POSITIVE_INFINITY;
    [last, row] = [row, next];
  }
  const distance = row[b.length] ?? 0;
  return distance > limit ? Number.POSITIVE_INFINITY : distance;
}
