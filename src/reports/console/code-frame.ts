import type { CheckFinding } from "../../examine/model/index.ts";
import { displayWidth, expandTabs } from "./visible.ts";

/** One line of a code frame, split where the finding's region starts and ends. */
export interface FrameLine {
  /** The line's number in the file, from 1. */
  readonly number: number;
  /** Whether the region touches the line. */
  readonly hit: boolean;
  readonly before: string;
  /** The part that the region covers; empty in a line outside the region, and for an empty region. */
  readonly marked: string;
  readonly after: string;
}

/** The default width of a code frame's text, in UTF-16 units. */
const FRAME_WIDTH = 120;
/**
 * The most that is shown before the region in a line that is too long: a third of the width, but not more than this.
 */
const LEAD = 40;

/** The lines of a finding's code frame. Carriage returns at the end of a line are removed. */
export function frameLines(
  finding: Pick<CheckFinding, "frame" | "region">,
  width: number = FRAME_WIDTH,
): readonly FrameLine[] {
  const { region, frame } = finding;
  return frame.lines.map((text, index) => {
    const number = frame.firstLine + index;
    const line = text.endsWith("\r") ? text.slice(0, -1) : text;
    if (number < region.startLine || number > region.endLine) {
      return { number, hit: false, before: clipped(line, 0, 0, width).text, marked: "", after: "" };
    }
    const indent = line.length - line.trimStart().length;
    const cutBefore = number === region.startLine ? (frame.cutBefore ?? 0) : 0;
    const start = number === region.startLine ? region.startColumn - 1 - cutBefore : indent;
    const end = number === region.endLine ? region.endColumn - 1 - cutBefore : line.length;
    // A region that ends before the first character of its last line does not touch that line.
    const hit = number === region.startLine || end > start;
    const window = clipped(line, start, cutBefore, width);
    return { number, hit, ...cut(line, window, start, Math.max(start, end)) };
  });
}

/** The visible part of a line, and by how much its columns are shifted to the left. */
interface Window {
  readonly text: string;
  readonly shift: number;
}

function cut(line: string, window: Window, start: number, end: number): Pick<FrameLine, "before" | "marked" | "after"> {
  // The frame holds only a part of the line, which ends before the region.
  if (start > line.length) return { before: `${window.text}…`, marked: "", after: "" };
  const from = Math.max(0, start - window.shift);
  const to = Math.min(window.text.length, Math.max(from, end - window.shift));
  return {
    before: window.text.slice(0, from).toWellFormed(),
    marked: window.text.slice(from, to).toWellFormed(),
    after: window.text.slice(to).toWellFormed(),
  };
}

/** The part of a long line around `start`. @param cutBefore how many UTF-16 units were already cut off on the left */
function clipped(line: string, start: number, cutBefore: number, width: number): Window {
  const lead = Math.min(LEAD, Math.floor(width / 3));
  const from = line.length <= width ? 0 : Math.max(0, Math.min(start - lead, line.length - width));
  const to = from + width;
  const isCut = from > 0 || cutBefore > 0;
  const text = `${isCut ? "…" : ""}${line.slice(from, to)}${to < line.length ? "…" : ""}`;
  return { text, shift: isCut ? from - 1 : 0 };
}

/** The colours of a frame's parts; identity functions for plain text. */
export interface FramePaint {
  readonly gutter: (text: string) => string;
  readonly marked: (text: string) => string;
}

const PLAIN: FramePaint = { gutter: (text) => text, marked: (text) => text };

/** The code frame as lines of text for a terminal, with carets below the region. */
export function frameText(
  finding: Pick<CheckFinding, "frame" | "region">,
  { paint = PLAIN, width }: { readonly paint?: FramePaint; readonly width?: number | undefined } = {},
): string[] {
  const lines = frameLines(finding, width);
  const digits = Math.max(0, ...lines.map((line) => String(line.number).length));
  return lines.flatMap((line) => {
    const before = expandTabs(line.before, 0);
    const start = displayWidth(before);
    const marked = expandTabs(line.marked, start);
    const after = expandTabs(line.after, start + displayWidth(marked));
    const number = String(line.number).padStart(digits);
    const text = `${paint.gutter(`${line.hit ? ">" : " "} ${number} |`)} ${before}${marked}${after}`.trimEnd();
    // Carets below every line of a block would be noise.
    if (line.number !== finding.region.startLine) return [text];
    const carets = "^".repeat(Math.max(1, displayWidth(marked)));
    return [text, `${paint.gutter(`  ${" ".repeat(digits)} |`)} ${" ".repeat(start)}${paint.marked(carets)}`];
  });
}
