import type { Lines, Region } from "../text/index.ts";
import type { CheckFinding } from "./types.ts";

/** Lines shown above and below what a finding points at. */
const AROUND = 2;
/** Of what a finding points at, no more lines than these are shown. */
const MOST_LINES = 8;
/** A line of a generated file may be megabytes long: what is further right is not kept. */
const LONGEST_LINE = 10_000;

/** The lines around a region, for a code frame. */
export function frameOf(region: Region, lines: Lines): CheckFinding["frame"] {
  const firstLine = Math.max(1, region.startLine - AROUND);
  const last = Math.min(region.endLine, region.startLine + MOST_LINES) + AROUND;
  const kept = lines.slice(firstLine, last).map((line) => line.slice(0, LONGEST_LINE));
  // Behind the last line end there is no line, unless something points there.
  const isBehindEnd = kept.at(-1) === "" && firstLine + kept.length - 1 > region.endLine && isLast(lines, last);
  return { firstLine, lines: isBehindEnd ? kept.slice(0, -1) : kept };
}

function isLast(lines: Lines, line: number): boolean {
  return lines.slice(line + 1, line + 1).length === 0;
}

/** The region of a text's first character, for what is wrong with a file as a whole. */
export const FILE_START: Region = { startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 };
