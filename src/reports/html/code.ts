import { displayWidth, expandTabs, type FrameLine, frameLines } from "../console/index.ts";
import type { CheckFinding } from "../../examine/model/index.ts";
import { html, type Markup, type Part } from "./markup.ts";

/** A line of code as the page shows it. */
export interface CodeRow {
  /** CSS classes of the row. */
  readonly kind: string;
  /** Text for screen readers before the line, which cannot convey colours. */
  readonly spoken?: string;
  readonly number?: number;
  readonly content: Part;
}

/** A block of code that can be scrolled, also by keyboard. */
export function codeBlock(label: string, rows: readonly CodeRow[]): Markup {
  return html`<pre tabindex="0" role="region" aria-label="${label}"><code>${rows.map(codeRow)}</code></pre>`;
}

function codeRow({ kind, spoken, number, content }: CodeRow): Markup {
  const lineNumber = number !== undefined && html`<span class="number">${number}</span>`;
  const spokenText = spoken !== undefined && html`<span class="spoken">${spoken}: </span>`;
  return html`<span class="${kind === "" ? "row" : `row ${kind}`}">${lineNumber}${spokenText}${content}</span>`;
}

/** The finding's code frame. */
export function frameBlock(finding: CheckFinding, label: string): Markup {
  return codeBlock(
    label,
    frameLines(finding).map((line) => ({
      kind: line.hit ? "hit" : "",
      number: line.number,
      content: lineContent(line, finding.severity),
    })),
  );
}

/** A line with the region of a finding underlined. An empty region is shown as a mark between two characters. */
export function lineContent(line: FrameLine, kind: string): Part {
  const before = expandTabs(line.before, 0);
  if (!line.hit) return before;
  const start = displayWidth(before);
  const marked = expandTabs(line.marked, start);
  const after = expandTabs(line.after, start + displayWidth(marked));
  return html`${before}<mark class="${kind}${marked === "" ? " place" : ""}">${marked}</mark>${after}`;
}
