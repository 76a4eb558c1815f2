import { type DocumentSketch, lineBreakOf, type SketchNode } from "../cursor/index.ts";

/** How a document is written, so that what is added to it looks the same. */
export interface Style {
  /** How many blanks a level is indented by. */
  readonly step: number;
  /** Whether the dashes of a list are further in than its key. */
  readonly isListIndented: boolean;
  readonly isJson: boolean;
  readonly lineBreak: "\n" | "\r\n";
}

/** What the first nested map and the first list of a document show; two blanks and indented lists where there are none. */
export function styleOf(text: string, { root }: DocumentSketch): Style {
  const found: { step?: number; isListIndented?: boolean } = {};
  look(root, undefined, found);
  const isFlow = root?.kind === "map" && root.isFlow;
  const isJson = isFlow && (root.entries[0] === undefined || root.entries[0].key.style === "double");
  return { step: found.step ?? 2, isListIndented: found.isListIndented ?? true, isJson, lineBreak: lineBreakOf(text) };
}

function look(
  node: SketchNode | undefined,
  parent: number | undefined,
  found: { step?: number; isListIndented?: boolean },
): void {
  if (node === undefined || node.kind === "scalar" || node.isFlow) return;
  if (found.step !== undefined && found.isListIndented !== undefined) return;
  const deeper = parent === undefined ? 0 : node.column - parent;
  if (node.kind === "list") {
    if (parent !== undefined) found.isListIndented ??= deeper > 0;
    for (const { value } of node.items) look(value, undefined, found);
    return;
  }
  if (deeper > 0) found.step ??= deeper;
  for (const { value } of node.entries) look(value, node.column, found);
}
