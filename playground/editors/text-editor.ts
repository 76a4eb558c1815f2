import {
  autocompletion,
  type CompletionContext,
  type CompletionResult,
  completionKeymap,
} from "@codemirror/autocomplete";
import { history, historyKeymap, indentWithTab, standardKeymap } from "@codemirror/commands";
import { lintKeymap, setDiagnostics } from "@codemirror/lint";
import { EditorState, StateEffect, StateField } from "@codemirror/state";
import {
  EditorView,
  highlightActiveLine,
  hoverTooltip,
  keymap,
  lineNumbers,
  showTooltip,
  type Tooltip,
} from "@codemirror/view";
import type { Completion, Hover } from "#src/editor/model/index.ts";
import type { Analysis } from "#src/editor/analysis/index.ts";
import type { Edit } from "#src/examine/edits/index.ts";
import { element } from "../dom/index.ts";
import { markdown } from "../markdown/index.ts";
import { shownDiagnostic } from "./diagnostics.ts";
import { highlighting } from "./highlight.ts";
import { theme } from "./theme.ts";

/** What an editor asks while somebody reads or writes in it. */
export interface Helper {
  analysis(): Analysis | undefined;
  hover(analysis: Analysis, offset: number): Hover | undefined;
  completions(analysis: Analysis, offset: number): readonly Completion[];
}

/** What an editor is made of. */
export interface EditorOptions {
  /** An empty element of the page. */
  readonly host: HTMLElement;
  /** What it is called by those who do not see it. */
  readonly label: string;
  readonly text: string;
  readonly helper: Helper;
  readonly onChange: (text: string) => void;
}

/**
 * A text that can be edited, with what the engine says of it. It lives in a tree of its own, where a style sheet needs no
 * exception from the page's Content-Security-Policy.
 */
export class TextEditor {
  readonly #view: EditorView;
  #isSilent = false;

  constructor({ host, label, text, helper, onChange }: EditorOptions) {
    const root = host.attachShadow({ mode: "open" });
    this.#view = new EditorView({
      root,
      parent: root,
      state: EditorState.create({
        doc: text,
        extensions: [
          lineNumbers(),
          history(),
          highlightActiveLine(),
          highlighting,
          theme,
          hoverAtCursor,
          keymap.of([
            { key: "Alt-Enter", run: (view) => fixAtCursor(view, helper) },
            { key: "Alt-h", run: (view) => showHover(view, helper) },
            ...completionKeymap,
            ...lintKeymap,
            ...standardKeymap,
            ...historyKeymap,
            indentWithTab,
          ]),
          autocompletion({ override: [(context) => completionResult(context, helper)], icons: false }),
          hoverTooltip((view, offset) => hoverOf(view, offset, helper)),
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({ "aria-label": label, autocapitalize: "off", spellcheck: "false" }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged && !this.#isSilent) onChange(this.text);
          }),
        ],
      }),
    });
  }

  get text(): string {
    return this.#view.state.doc.toString();
  }

  /** Sets the text, as a link or an example does: nobody is told of it. */
  set text(text: string) {
    if (text === this.text) return;
    this.#isSilent = true;
    this.#view.dispatch({ changes: { from: 0, to: this.#view.state.doc.length, insert: text } });
    this.#isSilent = false;
  }

  /** Shows the diagnostics of the text; those of another text would be in the wrong places. */
  show({ text, diagnostics }: Pick<Analysis, "text" | "diagnostics">): void {
    if (text !== this.text) return;
    this.#view.dispatch(setDiagnostics(this.#view.state, diagnostics.map(shownDiagnostic)));
  }

  /** Makes the edits, as one step that can be undone. */
  apply(edits: readonly Edit[]): void {
    this.#view.dispatch({ changes: edits.map(({ start, end, after }) => ({ from: start, to: end, insert: after })) });
  }

  /** Puts the cursor there, and the reader with it. */
  goTo(offset: number): void {
    this.#view.dispatch({ selection: { anchor: offset }, scrollIntoView: true });
    this.#view.focus();
  }
}

/** The help that somebody without a mouse has asked for; it goes with the next key. */
const hoverAtCursor = StateField.define<Tooltip | null>({
  create: () => null,
  update: (tooltip, { effects, docChanged, selection }) => {
    const asked = effects.find((effect) => effect.is(setHover));
    return asked?.is(setHover) === true ? asked.value : docChanged || selection !== undefined ? null : tooltip;
  },
  provide: (field) => showTooltip.from(field),
});

const setHover = StateEffect.define<Tooltip | null>();

function showHover(view: EditorView, helper: Helper): boolean {
  const tooltip = hoverOf(view, view.state.selection.main.head, helper);
  view.dispatch({ effects: setHover.of(tooltip) });
  return true;
}

/** Makes the first fix of what is wrong at the cursor. */
function fixAtCursor(view: EditorView, helper: Helper): boolean {
  const { head } = view.state.selection.main;
  const analysis = helper.analysis();
  if (analysis?.text !== view.state.doc.toString()) return false;
  const line = view.state.doc.lineAt(head);
  const [fix] = analysis.diagnostics
    .filter(({ start, end }) => start <= line.to && end >= line.from)
    .flatMap(({ fixes }) => fixes);
  if (fix === undefined) return false;
  view.dispatch({ changes: fix.edits.map(({ start, end, after }) => ({ from: start, to: end, insert: after })) });
  return true;
}

function hoverOf(view: EditorView, offset: number, helper: Helper): Tooltip | null {
  const analysis = helper.analysis();
  const hover = analysis?.text === view.state.doc.toString() ? helper.hover(analysis, offset) : undefined;
  if (hover === undefined) return null;
  return {
    pos: hover.start,
    end: hover.end,
    above: true,
    create: () => ({ dom: element("div", { class: "hover" }, markdown(hover.markdown)) }),
  };
}

const TYPES = {
  field: "property",
  value: "enum",
  annotation: "property",
  label: "property",
  rule: "keyword",
  parameter: "property",
} as const;

function completionResult({ state, pos, explicit }: CompletionContext, helper: Helper): CompletionResult | null {
  const analysis = helper.analysis();
  if (analysis === undefined) return null;
  const text = state.doc.toString();
  const found = helper.completions({ ...analysis, text }, pos);
  const [first] = found;
  if (first === undefined || (!explicit && first.range.start === pos)) return null;
  return {
    from: first.range.start,
    to: first.range.end,
    options: found.map(({ label, kind, detail, documentation, text: insert, rank }) => ({
      label,
      type: TYPES[kind],
      apply: insert,
      boost: -rank,
      ...(detail !== undefined && { detail }),
      ...(documentation !== undefined && {
        info: () => element("div", { class: "hover" }, markdown(documentation)),
      }),
    })),
    validFor: /^[\w./-]*$/,
  };
}
