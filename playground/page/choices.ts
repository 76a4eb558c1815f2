import { byId, element } from "../dom/index.ts";
import { problemsOf, profileChoices, versionChoices } from "../session/index.ts";
import { CHOICES, FIRST_STATE, type PlaygroundState } from "../state/index.ts";
import { policyChoices } from "./policy-choices.ts";

/** The part of a state that is chosen, not written. */
export type Choices = Omit<PlaygroundState, "manifest" | "before" | "policy">;

/** The controls above the editors. */
export class ChoicesForm {
  readonly #selects = {
    version: select("version"),
    profile: select("profile"),
    operation: select("operation"),
    apply: select("apply"),
    fieldValidation: select("fieldValidation"),
    policySet: select("policySet"),
  };
  readonly #inputs = {
    serviceCIDR: input("serviceCIDR"),
    nodePortRange: input("nodePortRange"),
    externalIPs: input("externalIPs"),
    namespace: input("namespace"),
  };
  readonly #boxes = { dryRun: input("dryRun"), isComplete: input("isComplete") };
  readonly #more = byId("more", HTMLDetailsElement);

  /** @param sets the names of the ready-made policies */
  constructor(sets: readonly string[], onChange: (choices: Choices, changed: string) => void) {
    fill(this.#selects.version, versionChoices());
    fill(this.#selects.profile, profileChoices());
    this.#selects.policySet.replaceChildren(...policyChoices(sets));
    const form = byId("choices", HTMLFormElement);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
    });
    form.addEventListener("change", ({ target }) => {
      this.#showProblems();
      onChange(this.value, target instanceof HTMLElement ? target.id : "");
    });
  }

  get value(): Choices {
    const { version, profile, operation, apply, fieldValidation, policySet } = this.#selects;
    const { serviceCIDR, nodePortRange, externalIPs, namespace } = this.#inputs;
    const { dryRun, isComplete } = this.#boxes;
    return {
      version: version.value,
      profile: profile.value,
      operation: oneOf(CHOICES.operation, operation.value),
      apply: oneOf(CHOICES.apply, apply.value),
      fieldValidation: oneOf(CHOICES.fieldValidation, fieldValidation.value),
      policySet: policySet.value,
      serviceCIDR: serviceCIDR.value,
      nodePortRange: nodePortRange.value,
      externalIPs: externalIPs.value,
      namespace: namespace.value,
      dryRun: dryRun.checked,
      isComplete: isComplete.checked,
    };
  }

  set value(choices: Choices) {
    const wanted = new Map<string, unknown>(Object.entries(choices));
    for (const [name, control] of Object.entries(this.#selects)) {
      const known = [...control.options].some(({ value }) => value === wanted.get(name));
      if (known) control.value = String(wanted.get(name));
      else control.selectedIndex = 0;
    }
    for (const [name, control] of Object.entries(this.#inputs)) control.value = String(wanted.get(name));
    for (const [name, control] of Object.entries(this.#boxes)) control.checked = wanted.get(name) === true;
    // What a case depends on is not to be hidden.
    const usual = new Map<string, unknown>(Object.entries(FIRST_STATE));
    if (Object.keys(this.#inputs).some((name) => wanted.get(name) !== usual.get(name)) || choices.isComplete)
      this.#more.open = true;
    this.#showProblems();
  }

  #showProblems(): void {
    const problems = problemsOf(this.value);
    for (const [name, control] of Object.entries(this.#inputs))
      control.ariaInvalid = problems.some(({ part }) => part === name) ? "true" : null;
    byId("choices-problem", HTMLElement).textContent = problems.map(({ sentence }) => sentence).join(" ");
  }
}

function select(id: string): HTMLSelectElement {
  return byId(id, HTMLSelectElement);
}

function input(id: string): HTMLInputElement {
  return byId(id, HTMLInputElement);
}

function fill(
  control: HTMLSelectElement,
  options: readonly { readonly value: string; readonly label: string }[],
): void {
  control.replaceChildren(...options.map(({ value, label }) => element("option", { value }, label)));
}

function oneOf<T extends string>(choices: readonly [T, ...T[]], value: string): T {
  return choices.find((one) => one === value) ?? choices[0];
}
