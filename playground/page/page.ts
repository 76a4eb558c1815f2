import { type Answer, answerOf, type SentService, SentServices } from "../answer/index.ts";
import { become, byId, element } from "../dom/index.ts";
import { type Case, FILES, type PlaygroundData, Session } from "../session/index.ts";
import type { PlaygroundState } from "../state/index.ts";
import { FindingList, objectPanes, stepList, terminal, verdictOf } from "../view/index.ts";
import { analyse } from "#src/editor/analysis/index.ts";
import type { Analysis } from "#src/editor/analysis/index.ts";
import { completionsAt } from "#src/editor/completion/index.ts";
import { fixAll, fixesFor } from "#src/editor/fixes/index.ts";
import { helpLink } from "#src/examine/model/index.ts";
import { hoverAt } from "#src/editor/hover/index.ts";
import { hintsOf } from "#src/editor/stored/index.ts";
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
  readonly #findings: Readonly<Record<"manifest" | "policy", FindingList>>;
  readonly #service = byId("service", HTMLSelectElement);
  readonly #hints = byId("hints", HTMLInputElement);
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
    this.#findings = { manifest: this.#findingList("manifest"), policy: this.#findingList("policy") };
    this.#hints.addEventListener("change", () => {
      this.#showHints();
    });
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
        fixes: (analysis, diagnostic) => fixesFor(diagnostic, analysis),
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

  #findingList(name: "manifest" | "policy"): FindingList {
    const editor = this.#editors[name];
    return new FindingList(byId(`${name}-findings`, HTMLElement), {
      goTo: (offset) => {
        editor.goTo(offset);
      },
      fixes: (diagnostic) => {
        const analysis = this.#analyses[name];
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
      manifest: analyse(state.manifest, FILES.manifest, opened.context, this.#analyses.manifest),
      policy: analyse(state.policy, FILES.policy, opened.context, this.#analyses.policy),
    };
    this.#showFindings("manifest", this.#analyses.manifest);
    this.#showPolicyProblems(opened);
    this.#showHints();
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

  #showFindings(name: "manifest" | "policy", analysis: Analysis | undefined): void {
    if (analysis === undefined) return;
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
        href: helpLink("", { section: "policy.md#invalid-policies" }),
        message: field === "" ? message : `${field}: ${message}`,
        field,
        fixes: [],
      };
    });
    if (this.#analyses.policy !== undefined) this.#showFindings("policy", { ...this.#analyses.policy, diagnostics });
  }

  /** Lets the reader choose, where the manifest has several Services. */
  #offer(services: readonly SentService[]): void {
    this.#chosen = Math.min(this.#chosen, Math.max(0, services.length - 1));
    byId("service-label", HTMLElement).hidden = services.length < 2;
    const { options } = this.#service;
    for (const [index, { namespace, name }] of services.entries()) {
      const option = options[index] ?? this.#service.appendChild(element("option"));
      const text = `${namespace}/${name}`;
      if (option.text !== text) option.text = text;
    }
    options.length = services.length;
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
    const showIn = (id: string, shown: readonly HTMLElement[]): void => {
      become(byId(id, HTMLElement), element("div", {}, ...shown));
    };
    showIn("terminal", answer === undefined ? [] : [terminal(answer, this.#command(answer))]);
    showIn("steps", answer === undefined ? [] : [stepList(answer)]);
    showIn("objects", answer === undefined ? [] : objectPanes(answer));
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
