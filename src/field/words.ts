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
    const distance = editDistance(lower, candidate.toLowerCase());
    const isNear =
      distance <= Math.max(1, Math.floor(candidate.length / 3)) || isCutShort(lower, candidate.toLowerCase());
    if (isNear && distance < least) [best, least] = [candidate, distance];
  }
  return best;
}

function isCutShort(word: string, candidate: string): boolean {
  return word.length >= 3 && candidate.startsWith(word);
}

/** How many letters must be put in, left out or changed to make one text the other. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substituted = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(substituted, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
