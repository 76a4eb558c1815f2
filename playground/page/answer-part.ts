import type { Answer, TextAnswer } from "../answer/index.ts";
import { become, byId, element } from "../dom/index.ts";
import { FILES } from "../session/index.ts";
import type { PlaygroundState } from "../state/index.ts";
import { objectPanes, stepList, terminal } from "../view/index.ts";

/** How many Services there are to choose from: nobody looks for one in a longer list. */
const MOST_CHOICES = 200;

/** The part of the page that tells what becomes of the Services: of all in a sentence, of one step by step. */
export class AnswerPart {
  readonly #service = byId("service", HTMLSelectElement);
  readonly #parts = ["steps", "objects"].map((id) => byId(id, HTMLElement));
  #answers: readonly Answer[] = [];
  #chosen = 0;

  /** @param onChoose called when the reader has chosen another Service */
  constructor(onChoose: () => void) {
    this.#service.addEventListener("change", () => {
      this.chosen = this.#service.selectedIndex;
      onChoose();
    });
  }

  /** The position of the Service that is told of, among those of the text. */
  get chosen(): number {
    return this.#chosen;
  }

  set chosen(position: number) {
    this.#chosen = position;
    this.#showChosen();
  }

  /** Shows an answer. If the text says too little for one, the last one stays, dimmed: somebody is typing. */
  show({ answers, verdict, printed, isUnreadable }: TextAnswer, state: PlaygroundState): void {
    const sentence = byId("verdict", HTMLElement);
    sentence.textContent = verdict.text;
    sentence.className = verdict.tone;
    const isUpdate = answers.some((answer) => answer.isUpdate);
    showIn(byId("terminal", HTMLElement), printed.length === 0 ? [] : [terminal(printed, commandOf(state, isUpdate))]);
    const isOld = isUnreadable && answers.length <= this.#chosen;
    for (const part of this.#parts) part.classList.toggle("old", isOld);
    if (isOld) return;
    this.#answers = answers;
    this.#offer();
    this.#showChosen();
  }

  #showChosen(): void {
    const answer = this.#answers[this.#chosen] ?? this.#answers[0];
    const [steps, objects] = this.#parts;
    if (steps !== undefined) showIn(steps, answer === undefined ? [] : [stepList(answer)]);
    if (objects !== undefined) showIn(objects, answer === undefined ? [] : objectPanes(answer));
  }

  /** Lets the reader choose, where the manifest has several Services. */
  #offer(): void {
    const offered = this.#answers.slice(0, MOST_CHOICES);
    byId("service-label", HTMLElement).hidden = offered.length < 2;
    const { options } = this.#service;
    for (const [index, { sent, isAllowed }] of offered.entries()) {
      const option = options[index] ?? this.#service.appendChild(element("option"));
      const text = `${sent.namespace}/${sent.name}${isAllowed ? "" : ": refused"}`;
      if (option.text !== text) option.text = text;
    }
    options.length = offered.length;
    this.#service.selectedIndex = Math.min(this.#chosen, offered.length - 1);
  }
}

function showIn(host: HTMLElement, shown: readonly HTMLElement[]): void {
  become(host, element("div", {}, ...shown));
}

function commandOf({ apply, dryRun, fieldValidation }: PlaygroundState, isUpdate: boolean): string {
  const verb = apply === "replace" ? (isUpdate ? "replace" : "create") : "apply";
  return [
    `kubectl ${verb} -f ${FILES.manifest}`,
    apply === "server-side" ? " --server-side" : "",
    dryRun ? " --dry-run=server" : "",
    fieldValidation === "strict" ? "" : ` --validate=${fieldValidation}`,
  ].join("");
}
