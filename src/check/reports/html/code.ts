import { frameLines } from "../frame.ts";
import type { FrameLine } from "../frame.ts";
import { columns, expanded } from "../visible.ts";
import type { CheckFinding } from "../../types.ts";
import { html } from "./markup.ts";
import type { Markup, Part } from "./markup.ts";

/** A line of code as the page shows it. */
export interface CodeRow {
  /** Classes of the row: what colours it. */
  readonly kind: string;
  /** What a listener hears before the line; colours alone say nothing to him. */
  readonly spoken?: string;
  readonly number?: number;
  readonly content: Part;
}

/** A block of code that can be scrolled, by keyboard too. */
export function codeBlock(label: string, rows: readonly CodeRow[]): Markup {
  return html`<pre tabindex="0" role="region" aria-label="${label}"><code>${rows.map(codeRow)}</code></pre>`;
}

function codeRow({ kind, spoken, number, content }: CodeRow): Markup {
  const count = number !== undefined && html`<span class="number">${number}</span>`;
  const voice = spoken !== undefined && html`<span class="spoken">${spoken}: </span>`;
  return html`<span class="${kind === "" ? "row" : `row ${kind}`}">${count}${voice}${content}</span>`;
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

/** A line with what a finding points at underlined. A place between two characters is shown as a mark of its own. */
export function lineContent(line: FrameLine, kind: string): Part {
  const before = expanded(line.before, 0);
  if (!line.hit) return before;
  const start = columns(before);
  const marked = expanded(line.marked, start);
  const after = expanded(line.after, start + columns(marked));
  return html`${before}<mark class="${kind}${marked === "" ? " place" : ""}">${marked}</mark>${after}`;
}
