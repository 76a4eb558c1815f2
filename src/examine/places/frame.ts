import type { LocatedFinding } from "../model/index.ts";
import type { Lines, Region } from "../../text/document/index.ts";

/** How many lines are shown above and below the region of a finding. */
const AROUND = 2;
/** The most lines of the region itself that are shown. */
const MAX_REGION_LINES = 8;
/**
 * The most that a finding's frame keeps of one line, in UTF-16 units: a line may be megabytes long, with a finding in
 * every few bytes of it.
 */
export const LONGEST_FRAME_LINE = 200;
/** How much of a line that is longer than LONGEST_FRAME_LINE is kept before the region. */
const LEAD = 80;

/** The lines around a region, for a code frame. */
export function frameOf(region: Region, lines: Lines): LocatedFinding["frame"] {
  const firstLine = Math.max(1, region.startLine - AROUND);
  const last = Math.min(region.endLine, region.startLine + MAX_REGION_LINES) + AROUND;
  const whole = lines.slice(firstLine, last);
  // The empty text after the last line end is not a line, unless the region is there.
  const isAfterLastLine = whole.at(-1) === "" && firstLine + whole.length - 1 > region.endLine && isLast(lines, last);
  const shown = isAfterLastLine ? whole.slice(0, -1) : whole;
  const before = Math.max(0, region.startColumn - 1 - LEAD);
  const isLong = (whole[region.startLine - firstLine]?.length ?? 0) > LONGEST_FRAME_LINE;
  const cutBefore = isLong ? before : 0;
  const kept = shown.map((line, index) => {
    const start = firstLine + index === region.startLine ? cutBefore : 0;
    return line.slice(start, start + LONGEST_FRAME_LINE);
  });
  return { firstLine, lines: kept, ...(cutBefore > 0 && { cutBefore }) };
}

function isLast(lines: Lines, line: number): boolean {
  return lines.slice(line + 1, line + 1).length === 0;
}

/** The region at the start of a text, for findings about a file as a whole. */
export const FILE_START: Region = { startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 };
