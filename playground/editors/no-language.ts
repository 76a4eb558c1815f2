/**
 * What CodeMirror's commands and completion ask a language of an editor, for editors that have none: YAML is indented as the
 * line before, and its colours are told line by line. The real package brings a parser's runtime along.
 */
import { type EditorState, Facet } from "@codemirror/state";

/** What one step of indentation is. */
export const indentUnit = Facet.define<string, string>({ combine: ([first]) => first ?? "  " });

/** How wide a step of indentation is. */
export function getIndentUnit(state: EditorState): number {
  return state.facet(indentUnit).length;
}

/** So many columns of indentation. */
export function indentString(_state: EditorState, columns: number): string {
  return " ".repeat(columns);
}

/** How far the language wants a line to be indented: it does not say. */
export function getIndentation(): null {
  return null;
}

/** The bracket that belongs to the one at the cursor: it is not known. */
export function matchBrackets(): null {
  return null;
}

/** What a language computes indentation from. */
export class IndentContext {
  readonly unit = 2;
}

const NODE = { name: "", parent: null, firstChild: null, childBefore: () => null, childAfter: () => null } as const;

/** The tree of the text: one node without parts. */
export function syntaxTree(): { readonly resolveInner: () => typeof NODE } {
  return { resolveInner: () => NODE };
}

/** What types of nodes say of themselves: nothing. */
export const NodeProp = {} as const;
