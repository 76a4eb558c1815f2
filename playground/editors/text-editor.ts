import {
  autocompletion,
  closeCompletion,
  type CompletionContext,
  type CompletionResult,
  completionKeymap,
  selectedCompletion,
} from "@codemirror/autocomplete";
import { history, historyKeymap, indentWithTab, standardKeymap } from "@codemirror/commands";
import { nextDiagnostic, previousDiagnostic, setDiagnostics } from "@codemirror/lint";
import { EditorState, StateEffect, StateField } from "@codemirror/state";
import {
  EditorView,
  highlightActiveLine,
  hoverTooltip,
  keymap,
  lineNumbers,
  type Panel,
  showPanel,
  showTooltip,
  type Tooltip,
} from "@codemirror/view";
import type { Completion, Diagnostic, Fix, Hint, Hover } from "#src/editor/model/index.ts";
import type { Analysis } from "#src/editor/analysis/index.ts";
import type { Edit } from "#src/examine/edits/index.ts";
import { element } from "../dom/index.ts";
import { markdown } from "../markdown/index.ts";
import { isShownAs, type ShownDiagnostic, shownDiagnostic } from "./diagnostics.ts";
import { highlighting } from "./highlight.ts";
import { hints, setHints } from "./hints.ts";
import { theme } from "./theme.ts";

/** What an editor asks while somebody reads or writes in it. */
export interface Helper {
  analysis(): Analysis | undefined;
  hover(analysis: Analysis, offset: number): Hover | undefined;
  completions(analysis: Analysis, offset: number): readonly Completion[];
  fixes(analysis: Analysis, diagnostic: Diagnostic): readonly Fix[];
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
  readonly #helper: Helper;
  /** What is shown, at its places in the text as it is now. */
  #shown: readonly ShownDiagnostic[] = [];
  #isSilent = false;

  constructor({ host, label, text, helper, onChange }: EditorOptions) {
    this.#helper = helper;
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
          hints,
          theme,
          hoverAtCursor,
          keymap.of([
            { key: "Enter", run: leaveCompletion },
            { key: "Alt-Enter", run: () => this.#fixAtCursor() },
            { key: "Alt-h", run: (view) => showHover(view, helper) },
            ...completionKeymap,
            { key: "F8", run: nextDiagnostic, shift: previousDiagnostic },
            ...standardKeymap,
            ...historyKeymap,
            indentWithTab,
          ]),
          autocompletion({
            override: [(context) => completionResult(context, helper)],
            icons: false,
            defaultKeymap: false,
          }),
          showPanel.of(wayOut),
          // Whoever points at a mistake wants to read what is wrong, and no help beside it.
          hoverTooltip((view, offset) => (this.#isWrongAt(offset) ? null : hoverOf(view, offset, helper))),
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({
            "aria-label": label,
            "aria-describedby": WAY_OUT,
            autocapitalize: "off",
            spellcheck: "false",
          }),
          EditorView.updateListener.of((update) => {
            if (!update.docChanged) return;
            for (const one of this.#shown) {
              const [start, end] = [
                update.changes.mapPos(one.diagnostic.start, 1),
                update.changes.mapPos(one.diagnostic.end, -1),
              ];
              one.diagnostic = { ...one.diagnostic, start, end };
            }
            if (!this.#isSilent) onChange(this.text);
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
    const isShown =
      diagnostics.length === this.#shown.length &&
      this.#shown.every(({ diagnostic }, index) => {
        const fresh = diagnostics[index];
        return fresh !== undefined && isShownAs(diagnostic, fresh);
      });
    if (isShown) return;
    const offer = {
      titles: (diagnostic: Diagnostic) => this.#fixesOf(diagnostic).map(({ title }) => title),
      make: (diagnostic: Diagnostic, title: string) => {
        this.makeFix(diagnostic, title);
      },
    };
    this.#shown = diagnostics.map((diagnostic) => shownDiagnostic(diagnostic, offer));
    this.#view.dispatch(
      setDiagnostics(
        this.#view.state,
        this.#shown.map(({ shown }) => shown),
      ),
    );
  }

  /** Shows values that the text does not say. */
  showHints(shown: readonly Hint[]): void {
    if (shown.length === 0 && this.#view.state.field(hints).size === 0) return;
    this.#view.dispatch({ effects: setHints.of(shown) });
  }

  /** Makes the fix of this title, if it still helps. */
  makeFix(diagnostic: Diagnostic, title: string): void {
    const fix = this.#fixesOf(diagnostic).find((one) => one.title === title);
    if (fix !== undefined) this.apply(fix.edits);
  }

  /** The fixes of a diagnostic that is shown. */
  #fixesOf(diagnostic: Diagnostic): readonly Fix[] {
    const analysis = this.#helper.analysis();
    const own = analysis?.diagnostics.find((one) => isShownAs(one, diagnostic));
    return analysis?.text === this.text && own !== undefined ? this.#helper.fixes(analysis, own) : [];
  }

  #isWrongAt(offset: number): boolean {
    return this.#shown.some(({ diagnostic: { start, end } }) => start <= offset && offset <= end);
  }

  /** Makes the first fix of what is wrong at the cursor. */
  #fixAtCursor(): boolean {
    const { doc, selection } = this.#view.state;
    const { from, to } = doc.lineAt(selection.main.head);
    const [fix] = (this.#helper.analysis()?.diagnostics ?? [])
      .filter(({ start, end }) => start <= to && end >= from)
      .flatMap((diagnostic) => this.#fixesOf(diagnostic));
    if (fix !== undefined) this.apply(fix.edits);
    return fix !== undefined;
  }

  /** Makes the edits, as one step that can be undone. */
  apply(edits: readonly Edit[]): void {
    this.#view.dispatch({ changes: edits.map(({ start, end, after }) => ({ from: start, to: end, insert: after })) });
  }

  /** Puts the cursor there, and the reader with it. */
  goTo(offset: number): void {
    this.#view.dispatch({ selection: { anchor: offset }, scrollIntoView: true });
    this.focus();
  }

  /** Leads the reader into the text, to where the cursor is. */
  focus(): void {
    this.#view.focus();
  }
}

const WAY_OUT = "way-out";

/** Tab indents, and nobody guesses how to get on. */
function wayOut(): Panel {
  return { dom: element("p", { id: WAY_OUT, class: "way-out" }, "Escape, then Tab, leaves the editor") };
}

/** Enter behind a word that is complete ends the line, although the word is offered. */
function leaveCompletion(view: EditorView): boolean {
  const chosen = selectedCompletion(view.state)?.apply;
  const { head } = view.state.selection.main;
  if (typeof chosen === "string" && view.state.sliceDoc(head - chosen.length, head) === chosen) closeCompletion(view);
  return false;
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
  // What is there already is no help.
  const typed = text.slice(first.range.start, pos);
  if (!explicit && found.every((one) => one.text === typed)) return null;
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
