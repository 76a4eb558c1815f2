import { byId, element } from "../dom/index.ts";
import { profileChoices, versionChoices } from "../session/index.ts";
import { CHOICES, type PlaygroundState } from "../state/index.ts";

/** The part of a state that is chosen, not written. */
export type Choices = Omit<PlaygroundState, "manifest" | "before" | "policy" | "serviceCIDR">;

/** The selects and the box above the editors. */
export class ChoicesForm {
  readonly #selects = {
    version: select("version"),
    profile: select("profile"),
    operation: select("operation"),
    apply: select("apply"),
    fieldValidation: select("fieldValidation"),
    policySet: select("policySet"),
  };
  readonly #dryRun = byId("dryRun", HTMLInputElement);

  /** @param sets the names of the ready-made policies */
  constructor(sets: readonly string[], onChange: (choices: Choices, changed: string) => void) {
    fill(this.#selects.version, versionChoices());
    fill(this.#selects.profile, profileChoices());
    fill(this.#selects.policySet, [
      { value: "none", label: "none" },
      { value: "own", label: "your own" },
      ...sets.map((name) => ({ value: name, label: name })),
    ]);
    const form = byId("choices", HTMLFormElement);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
    });
    form.addEventListener("change", ({ target }) => {
      onChange(this.value, target instanceof HTMLElement ? target.id : "");
    });
  }

  get value(): Choices {
    const { version, profile, operation, apply, fieldValidation, policySet } = this.#selects;
    return {
      version: version.value,
      profile: profile.value,
      operation: oneOf(CHOICES.operation, operation.value),
      apply: oneOf(CHOICES.apply, apply.value),
      fieldValidation: oneOf(CHOICES.fieldValidation, fieldValidation.value),
      policySet: policySet.value,
      dryRun: this.#dryRun.checked,
    };
  }

  set value(choices: Choices) {
    for (const [name, control] of Object.entries(this.#selects)) {
      const wanted = new Map<string, unknown>(Object.entries(choices)).get(name);
      const known = [...control.options].some(({ value }) => value === wanted);
      if (known) control.value = String(wanted);
      else control.selectedIndex = 0;
    }
    this.#dryRun.checked = choices.dryRun;
  }
}

function select(id: string): HTMLSelectElement {
  return byId(id, HTMLSelectElement);
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
