import { diffLines, type DiffLine } from "./diff.ts";

/** How many unchanged lines are shown around each change. */
const CONTEXT = 3;

/** The difference of two texts of a file in the unified format, which `patch -p0` and `git apply -p0` take. */
export function unifiedDiff(file: string, before: string, after: string): string {
  const lines = diffLines(linesOf(before), linesOf(after));
  return [`--- ${file}`, `+++ ${file}`, ...hunks(lines).flatMap((hunk) => hunkText(lines, hunk))]
    .map((line) => `${line}\n`)
    .join("");
}

function linesOf(text: string): string[] {
  const lines = text.split("\n");
  return lines.at(-1) === "" ? lines.slice(0, -1) : lines;
}

interface Hunk {
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
}

/** The ranges of lines to show: changes whose contexts touch are in one. */
function hunks(lines: readonly DiffLine[]): Hunk[] {
  const found: Hunk[] = [];
  for (const [index, { mark }] of lines.entries()) {
    if (mark === " ") continue;
    const [from, to] = [Math.max(0, index - CONTEXT), Math.min(lines.length, index + CONTEXT + 1)];
    const last = found.at(-1);
    if (last !== undefined && from <= last.to) found[found.length - 1] = { from: last.from, to };
    else found.push({ from, to });
  }
  return found;
}

function hunkText(lines: readonly DiffLine[], { from, to }: Hunk): string[] {
  const shown = lines.slice(from, to);
  const range = (without: "+" | "-"): string => {
    const start = lines.slice(0, from).filter(({ mark }) => mark !== without).length;
    const count = shown.filter(({ mark }) => mark !== without).length;
    return `${count === 0 ? start : start + 1},${count}`;
  };
  return [`@@ -${range("+")} +${range("-")} @@`, ...shown.map(({ mark, text }) => `${mark}${text}`)];
}
