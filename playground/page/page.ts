import { TextAnswers } from "../answer/index.ts";
import { byId } from "../dom/index.ts";
import { FILES, type PlaygroundData, Session } from "../session/index.ts";
import type { PlaygroundState } from "../state/index.ts";
import { FindingList } from "../view/index.ts";
import { analyse } from "#src/editor/analysis/index.ts";
import type { Analysis } from "#src/editor/analysis/index.ts";
import { completionsAt } from "#src/editor/completion/index.ts";
import { fixAll, fixesFor } from "#src/editor/fixes/index.ts";
import { hoverAt } from "#src/editor/hover/index.ts";
import { hintsOf } from "#src/editor/stored/index.ts";
import { TextEditor } from "../editors/index.ts";
import { AnswerPart } from "./answer-part.ts";
import { type Choices, ChoicesForm } from "./choices.ts";
import { startExamplesMenu } from "./examples-menu.ts";
import { type Destination, destinationOf, exampleState, showInAddress } from "./link.ts";
import { beforeDiagnostics, policyDiagnostics } from "./problem-diagnostics.ts";

/** The longest pause, in milliseconds, between two keys of somebody who is typing. */
const PAUSE = 30;
/** So long after the last change the address changes, and readers who do not see the page are told. */
const CALM = 600;

type TextName = "manifest" | "before" | "policy";

/** The page: a state, three editors, and what the engine answers. */
export class Page {
  readonly #data: PlaygroundData;
  readonly #session: Session;
  readonly #texts = new TextAnswers();
  readonly #answer: AnswerPart;
  readonly #form: ChoicesForm;
  readonly #editors: Readonly<Record<TextName, TextEditor>>;
  readonly #findings: Readonly<Record<TextName, FindingList>>;
  readonly #hints = byId("hints", HTMLInputElement);
  #state: PlaygroundState;
  #analyses: Partial<Record<"manifest" | "policy", Analysis>> = {};
  #pause = 0;
  #calm = 0;
  /** Whether the reader has changed something: until then, the address stays as it was written. */
  #isChanged = false;

  constructor(data: PlaygroundData, state: PlaygroundState, today: string) {
    this.#data = data;
    this.#state = state;
    this.#session = new Session(data.sets, today);
    this.#form = new ChoicesForm(Object.keys(data.sets), (choices, changed) => {
      this.#choose(choices, changed);
    });
    this.#editors = {
      manifest: this.#editor("manifest", "Manifest of the Service, YAML or JSON"),
      before: this.#editor("before", "Object before the update, YAML or JSON"),
      policy: this.#editor("policy", "Your policy, YAML"),
    };
    this.#findings = {
      manifest: this.#findingList("manifest"),
      before: this.#findingList("before"),
      policy: this.#findingList("policy"),
    };
    this.#answer = new AnswerPart(() => {
      this.#showCalm();
    });
    this.#hints.addEventListener("change", () => {
      this.#showHints();
    });
    byId("fix-all", HTMLButtonElement).addEventListener("click", () => {
      const { manifest } = this.#analyses;
      if (manifest !== undefined) this.#editors.manifest.apply(fixAll(manifest));
    });
    this.#startTools();
    this.show(state);
  }

  /** Shows where an address leads, or why it leads nowhere: then the address stays, and so does what is shown. */
  goTo(destination: Destination): void {
    if (destination === undefined) return;
    if ("state" in destination) this.show(destination.state);
    else byId("notice", HTMLElement).textContent = destination.notice;
  }

  /** Shows another state. */
  show(state: PlaygroundState): void {
    this.#answer.chosen = 0;
    this.#isChanged = false;
    this.#form.value = state;
    // What the page does not know is not judged by either.
    this.#state = { ...state, ...this.#form.value };
    const { version } = this.#state;
    byId("notice", HTMLElement).textContent =
      state.version === version ? "" : `Version ${state.version} is not known here: this is ${version}.`;
    for (const name of ["manifest", "before", "policy"] as const) this.#editors[name].text = state[name];
    this.#judge();
  }

  #editor(name: TextName, label: string): TextEditor {
    return new TextEditor({
      host: byId(name, HTMLElement),
      label,
      text: this.#state[name],
      helper: {
        analysis: () => (name === "before" ? undefined : this.#analyses[name]),
        hover: hoverAt,
        completions: completionsAt,
        fixes: (analysis, diagnostic) => fixesFor(diagnostic, analysis),
      },
      onChange: (text) => {
        this.#state = { ...this.#state, [name]: text };
        this.#isChanged = true;
        clearTimeout(this.#pause);
        this.#pause = window.setTimeout(() => {
          this.#judge();
        }, PAUSE);
      },
    });
  }

  #findingList(name: TextName): FindingList {
    const editor = this.#editors[name];
    return new FindingList(byId(`${name}-findings`, HTMLElement), {
      goTo: (offset) => {
        editor.goTo(offset);
      },
      fixes: (diagnostic) => {
        const analysis = name === "before" ? undefined : this.#analyses[name];
        return analysis === undefined ? [] : fixesFor(diagnostic, analysis).map(({ title }) => title);
      },
      apply: (diagnostic, title) => {
        editor.makeFix(diagnostic, title);
      },
    });
  }

  #choose(choices: Choices, changed: string): void {
    const { manifest, before, policy, policySet } = this.#state;
    this.#state = { ...this.#state, ...choices };
    this.#isChanged = true;
    // The ranges of another cluster are not those of this one.
    if (changed === "profile") {
      this.#state = { ...this.#state, serviceCIDR: "", nodePortRange: "" };
      this.#form.value = this.#state;
    }
    // An empty editor helps nobody: what there was is the start of what there will be.
    if (changed === "operation" && choices.operation === "update" && before.trim() === "")
      this.#editors.before.text = manifest;
    if (changed === "policySet" && choices.policySet === "own" && policy.trim() === "")
      this.#editors.policy.text = this.#data.sets[policySet] ?? this.#data.sets["baseline"] ?? "";
    this.#state = { ...this.#state, before: this.#editors.before.text, policy: this.#editors.policy.text };
    this.#judge();
  }

  #judge(): void {
    const state = this.#state;
    const opened = this.#session.open(state);
    byId("before-part", HTMLElement).hidden = state.operation !== "update";
    byId("policy-part", HTMLElement).hidden = state.policySet !== "own";
    const manifest = analyse(state.manifest, FILES.manifest, opened.context, this.#analyses.manifest);
    const policy = analyse(state.policy, FILES.policy, opened.context, this.#analyses.policy);
    this.#analyses = { manifest, policy };
    this.#showFindings("manifest", manifest);
    this.#showFindings("policy", { ...policy, diagnostics: policyDiagnostics(opened) });
    const before = beforeDiagnostics(opened.beforeProblems);
    byId("before-findings", HTMLElement).hidden = before.length === 0;
    this.#showFindings("before", { text: state.before, diagnostics: before, parts: [] });
    byId("notes", HTMLElement).textContent = opened.notes.join(" ");
    this.#showHints();
    const answer = this.#texts.of(opened, manifest);
    this.#answer.show(answer, state);
    const count = manifest.diagnostics.length;
    this.#summary = `${answer.verdict.text}. ${count} ${count === 1 ? "finding" : "findings"} in the manifest.`;
    this.#showCalm();
  }

  /** When nobody types any more. */
  #showCalm(): void {
    clearTimeout(this.#calm);
    this.#calm = window.setTimeout(() => {
      if (this.#isChanged) void showInAddress(this.#state);
      byId("announcement", HTMLElement).textContent = this.#summary;
    }, CALM);
  }

  #summary = "";

  #showFindings(name: TextName, analysis: Pick<Analysis, "text" | "diagnostics" | "parts">): void {
    this.#editors[name].show(analysis);
    this.#findings[name].show(analysis);
    if (name === "manifest")
      byId("fix-all", HTMLButtonElement).hidden =
        analysis.diagnostics.flatMap(({ fixes }) => fixes.filter(({ isSafe }) => isSafe)).length < 2;
  }

  /** Shows what is stored beside what is written, if somebody asks for it. */
  #showHints(): void {
    const { manifest } = this.#analyses;
    const shown = this.#hints.checked && manifest !== undefined;
    this.#editors.manifest.showHints(shown ? hintsOf(manifest, { start: 0, end: manifest.text.length }) : []);
  }

  #startTools(): void {
    const { examples } = this.#data;
    startExamplesMenu(examples, (code) => {
      const state = exampleState(examples, code);
      if (state === undefined) return;
      this.show(state);
      this.#isChanged = true;
    });
    byId("skip", HTMLAnchorElement).addEventListener("click", (event) => {
      // The address keeps the case.
      event.preventDefault();
      this.#editors.manifest.goTo(0);
    });
    const copy = byId("copy", HTMLButtonElement);
    copy.addEventListener("click", () => {
      void this.#copyLink(copy);
    });
    addEventListener("hashchange", () => {
      void destinationOf(examples).then((destination) => {
        this.goTo(destination);
      });
    });
  }

  async #copyLink(copy: HTMLButtonElement): Promise<void> {
    const link = await showInAddress(this.#state);
    let said = link === undefined ? "Too long for a link" : "Link copied";
    try {
      if (link !== undefined) await navigator.clipboard.writeText(link);
    } catch {
      said = "The link is in the address bar";
    }
    copy.textContent = said;
    byId("announcement", HTMLElement).textContent = said;
    setTimeout(() => {
      copy.textContent = "Copy link";
    }, 2000);
  }
}
