/** A figure that was measured several times: its median, and how far the rounds are apart. */
export interface Spread {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

/** The middle one of the numbers, or the mean of the two in the middle; NaN if there are none. */
export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((one, other) => one - other);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? Number.NaN;
  return (lower + upper) / 2;
}

/** The least number that this share of the numbers does not exceed (the nearest rank); NaN if there are none. */
export function quantile(numbers: readonly number[], share: number): number {
  const sorted = numbers.toSorted((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

export function spreadOf(numbers: readonly number[]): Spread {
  return {
    median: median(numbers),
    least: numbers.length === 0 ? Number.NaN : Math.min(...numbers),
    most: numbers.length === 0 ? Number.NaN : Math.max(...numbers),
  };
}

/**
 * The ratios of two figures, round by round. What disturbs the machine for longer than a round disturbs both of a pair, so
 * these ratios differ less than the figures do.
 * @throws Error if the rounds are not pairs
 */
export function ratiosOf(figures: readonly number[], floor: readonly number[]): readonly number[] {
  if (figures.length !== floor.length) throw new Error(`${figures.length} rounds beside ${floor.length}`);
  return figures.map((figure, round) => figure / (floor[round] ?? Number.NaN));
}

/** The median and, in parentheses, the least and the most. */
export function spreadText({ median, least, most }: Spread, digits = 2): string {
  if (Number.isNaN(median)) return "";
  const [middle, low, high] = [median, least, most].map((number) => number.toFixed(digits));
  return low === high ? `${middle}` : `${middle} (${low} to ${high})`;
}
