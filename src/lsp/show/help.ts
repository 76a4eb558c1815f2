import {
  type CompletionItem,
  CompletionItemKind,
  type Hover as ShownHover,
  type InlayHint,
  InsertTextMode,
  MarkupKind,
} from "vscode-languageserver/node";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { Completion, CompletionKind, Hint, Hover } from "../../editor/model/index.ts";
import { rangeOf } from "./ranges.ts";

const KINDS: Readonly<Record<CompletionKind, CompletionItemKind>> = {
  field: CompletionItemKind.Field,
  value: CompletionItemKind.EnumMember,
  annotation: CompletionItemKind.Property,
  label: CompletionItemKind.Property,
  rule: CompletionItemKind.Class,
  parameter: CompletionItemKind.Field,
};

/** So many digits have the ranks of completions: editors sort them as texts. */
const RANK_DIGITS = 9;

/** Help in the terms of the protocol. */
export function shownHover(hover: Hover, document: TextDocument): ShownHover {
  return { contents: { kind: MarkupKind.Markdown, value: hover.markdown }, range: rangeOf(document, hover) };
}

/** A hint in the terms of the protocol. */
export function shownHint({ offset, text, tooltip }: Hint, document: TextDocument): InlayHint {
  return {
    position: document.positionAt(offset),
    label: text,
    tooltip: { kind: MarkupKind.Markdown, value: tooltip },
    paddingLeft: true,
  };
}

/** A completion in the terms of the protocol. */
export function shownCompletion(completion: Completion, document: TextDocument): CompletionItem {
  const { label, kind, detail, documentation, filterText, range, text, rank } = completion;
  return {
    label,
    kind: KINDS[kind],
    sortText: String(rank).padStart(RANK_DIGITS, "0"),
    textEdit: { range: rangeOf(document, range), newText: text },
    // The text has the indentation of its lines.
    insertTextMode: InsertTextMode.asIs,
    ...(detail !== undefined && { detail }),
    ...(filterText !== undefined && { filterText }),
    ...(documentation !== undefined && {
      documentation: { kind: MarkupKind.Markdown, value: documentation },
    }),
  };
}
