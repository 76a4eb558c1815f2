import { Decoration, type DecorationSet, type EditorView, ViewPlugin, type ViewUpdate } from "@codemirror/view";
import { RangeSetBuilder } from "@codemirror/state";

/** Kinds of text, by the groups of `TOKEN`; the theme gives them their colours. */
const KINDS = ["comment", "key", "string", "literal", "mark"] as const;

const MARKS = KINDS.map((kind) => Decoration.mark({ class: `t-${kind}` }));

/**
 * What stands in a line of YAML or JSON. Only colours depend on it, so that a line is read by itself: a parser would be a tenth
 * of the whole page.
 */
const TOKEN =
  /(?<=^|\s)(#.*$)|((?:"(?:[^"\\]|\\.)*"|'[^']*'|[^\s#"'{}[\],&*!|>%@`:-](?:[^:#]|:(?=\S)|(?<=\S)#)*|-(?=\S)[^:#]*)(?=\s*:(?:\s|$)))|("(?:[^"\\]|\\.)*"|'(?:[^']|'')*')|(?<=[\s,[]|^)((?:true|false|null|~|-?\d[\d._]*)(?=[\s,\]}]|$))|(^---|^\.\.\.|(?<=^\s*)-(?=\s|$)|[{}[\],]|[|>][-+]?$)/g;

function tokensOf(view: EditorView): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  for (const { from, to } of view.visibleRanges) {
    for (let at = from; at <= to;) {
      const line = view.state.doc.lineAt(at);
      // A line that no screen shows whole is not worth its time.
      if (line.length < 2000) mark(line.text, line.from, builder);
      at = line.to + 1;
    }
  }
  return builder.finish();
}

function mark(text: string, start: number, builder: RangeSetBuilder<Decoration>): void {
  for (const match of text.matchAll(TOKEN)) {
    const [token, ...groups] = match;
    const kind = MARKS[groups.findIndex(Boolean)];
    const from = start + match.index;
    if (kind !== undefined && token !== "") builder.add(from, from + token.length, kind);
  }
}

/** Colours for YAML and JSON. */
export const highlighting = ViewPlugin.define(
  (view) => ({
    tokens: tokensOf(view),
    update(update: ViewUpdate) {
      if (update.docChanged || update.viewportChanged) this.tokens = tokensOf(update.view);
    },
  }),
  { decorations: ({ tokens }) => tokens },
);
