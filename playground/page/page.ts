import { type Answer, answerOf, type SentService, SentServices } from "../answer/index.ts";
import { byId, element } from "../dom/index.ts";
import { type Case, FILES, type PlaygroundData, Session } from "../session/index.ts";
import type { PlaygroundState } from "../state/index.ts";
import { findingList, objectPanes, stepList, terminal, verdictOf } from "../view/index.ts";
import { analyse } from "#src/editor/analysis/index.ts";
import type { Analysis } from "#src/editor/analysis/index.ts";
import { completionsAt } from "#src/editor/completion/index.ts";
import { fixAll, fixesAt } from "#src/editor/fixes/index.ts";
import { hoverAt } from "#src/editor/hover/index.ts";
import { TextEditor } from "../editors/index.ts";
import { type Choices, ChoicesForm } from "./choices.ts";
import { startExamplesMenu } from "./examples-menu.ts";
import { exampleState, showInAddress, stateOfAddress } from "./link.ts";

/** The longest pause, in milliseconds, between two keys of somebody who is typing. */
const PAUSE = 30;
/** So long after the last change the address changes, and readers who do not see the page are told. */
const CALM = 600;

/** The page: a state, three editors, and what the engine answers. */
export class Page {
  readonly #data: PlaygroundData;
  readonly #session: Session;
  readonly #sent = new SentServices();
  readonly #form: ChoicesForm;
  readonly #editors: Readonly<Record<"manifest" | "before" | "policy", TextEditor>>;
  readonly #service = byId("service", HTMLSelectElement);
  #state: PlaygroundState;
  #analyses: Partial<Record<"manifest" | "policy", Analysis>> = {};
  #chosen = 0;
  #pause = 0;
  #calm = 0;

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
    this.#service.addEventListener("change", () => {
      this.#chosen = this.#service.selectedIndex;
      this.#judge();
    });
    byId("fix-all", HTMLButtonElement).addEventListener("click", () => {
      const { manifest } = this.#analyses;
      if (manifest !== undefined) this.#editors.manifest.apply(fixAll(manifest));
    });
    this.#startTools();
    this.show(state);
  }

  /** Shows another state. */
  show(state: PlaygroundState): void {
    this.#state = state;
    this.#chosen = 0;
    this.#form.value = state;
    for (const name of ["manifest", "before", "policy"] as const) this.#editors[name].text = state[name];
    this.#judge();
  }

  #editor(name: "manifest" | "before" | "policy", label: string): TextEditor {
    return new TextEditor({
      host: byId(name, HTMLElement),
      label,
      text: this.#state[name],
      helper: {
        analysis: () => (name === "before" ? undefined : this.#analyses[name]),
        hover: hoverAt,
        completions: completionsAt,
      },
      onChange: (text) => {
        this.#state = { ...this.#state, [name]: text };
        clearTimeout(this.#pause);
        this.#pause = window.setTimeout(() => {
          this.#judge();
        }, PAUSE);
      },
    });
  }

  #choose(choices: Choices, changed: string): void {
    const { manifest, before, policy, policySet } = this.#state;
    this.#state = { ...this.#state, ...choices };
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
    byId("before-problem", HTMLElement).textContent = opened.beforeProblems.join(" ");
    this.#analyses = {
      manifest: withFixes(analyse(state.manifest, FILES.manifest, opened.context, this.#analyses.manifest)),
      policy: analyse(state.policy, FILES.policy, opened.context, this.#analyses.policy),
    };
    this.#showFindings("manifest", this.#editors.manifest, this.#analyses.manifest);
    this.#showPolicyProblems(opened);
    const services = this.#sent.of(state.manifest, opened.context.settings.namespace);
    this.#offer(services);
    const sent = services[this.#chosen] ?? services[0];
    this.#showAnswer(sent === undefined ? undefined : answerOf(sent, opened.context));
    clearTimeout(this.#calm);
    this.#calm = window.setTimeout(() => {
      void showInAddress(this.#state);
      byId("announcement", HTMLElement).textContent = this.#summary;
    }, CALM);
  }

  #summary = "";

  #showFindings(name: "manifest" | "policy", editor: TextEditor, analysis: Analysis | undefined): void {
    if (analysis === undefined) return;
    editor.show(analysis);
    const { text, diagnostics } = analysis;
    const list = findingList(text, diagnostics, {
      goTo: (offset) => {
        editor.goTo(offset);
      },
      apply: ({ edits }) => {
        editor.apply(edits);
      },
    });
    byId(`${name}-findings`, HTMLElement).replaceChildren(list);
    if (name === "manifest")
      byId("fix-all", HTMLButtonElement).hidden =
        diagnostics.flatMap(({ fixes }) => fixes.filter(({ isSafe }) => isSafe)).length < 2;
  }

  #showPolicyProblems({ state, policies }: Case): void {
    if (state.policySet !== "own") return;
    const starts = [0, ...[...state.policy.matchAll(/\n/g)].map(({ index }) => index + 1)];
    const diagnostics = policies.problems.map(({ line, column, path, message }) => {
      const start = Math.min((starts[line - 1] ?? 0) + column - 1, state.policy.length);
      const rest = /^\S*/.exec(state.policy.slice(start))?.[0].length ?? 0;
      const field = path.toString();
      return {
        start,
        end: start + rest,
        severity: "error" as const,
        code: "policy",
        href: "https://fairlead.github.io/fairlead/docs/policies",
        message: field === "" ? message : `${field}: ${message}`,
        field,
        fixes: [],
      };
    });
    if (this.#analyses.policy !== undefined)
      this.#showFindings("policy", this.#editors.policy, { ...this.#analyses.policy, diagnostics });
  }

  /** Lets the reader choose, where the manifest has several Services. */
  #offer(services: readonly SentService[]): void {
    this.#chosen = Math.min(this.#chosen, Math.max(0, services.length - 1));
    byId("service-label", HTMLElement).hidden = services.length < 2;
    this.#service.replaceChildren(
      ...services.map(({ namespace, name }) => element("option", {}, `${namespace}/${name}`)),
    );
    this.#service.selectedIndex = this.#chosen;
  }

  #showAnswer(answer: Answer | undefined): void {
    const verdict = byId("verdict", HTMLElement);
    const { text, tone } =
      answer === undefined
        ? { text: "There is no Service in the manifest", tone: "warning" as const }
        : verdictOf(answer);
    verdict.textContent = text;
    verdict.className = tone;
    const count = this.#analyses.manifest?.diagnostics.length ?? 0;
    this.#summary = `${text}. ${count} ${count === 1 ? "finding" : "findings"} in the manifest.`;
    const parts = answer === undefined ? [] : [terminal(answer, this.#command(answer))];
    byId("terminal", HTMLElement).replaceChildren(...parts);
    byId("steps", HTMLElement).replaceChildren(...(answer === undefined ? [] : [stepList(answer)]));
    byId("objects", HTMLElement).replaceChildren(...(answer === undefined ? [] : objectPanes(answer)));
  }

  #command({ isUpdate }: Answer): string {
    const { apply, dryRun, fieldValidation } = this.#state;
    const verb = apply === "replace" ? (isUpdate ? "replace" : "create") : "apply";
    return [
      `kubectl ${verb} -f ${FILES.manifest}`,
      apply === "server-side" ? " --server-side" : "",
      dryRun ? " --dry-run=server" : "",
      fieldValidation === "strict" ? "" : ` --validate=${fieldValidation}`,
    ].join("");
  }

  #startTools(): void {
    const { examples } = this.#data;
    startExamplesMenu(examples, (code) => {
      const state = exampleState(examples, code);
      if (state !== undefined) this.show(state);
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
      void stateOfAddress(examples).then((state) => {
        if (state !== undefined) this.show(state);
      });
    });
  }

  async #copyLink(copy: HTMLButtonElement): Promise<void> {
    const link = await showInAddress(this.#state);
    let said = "Link copied";
    try {
      await navigator.clipboard.writeText(link);
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

/** The analysis with every fix that helps, not only those that `check --fix` makes. */
function withFixes(analysis: Analysis): Analysis {
  const all = fixesAt(analysis, { start: 0, end: analysis.text.length });
  const diagnostics = analysis.diagnostics.map((diagnostic) => ({
    ...diagnostic,
    fixes: all.filter((one) => one.diagnostic === diagnostic).map(({ fix }) => fix),
  }));
  return { ...analysis, diagnostics };
}
