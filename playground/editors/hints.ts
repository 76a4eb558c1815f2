import { StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, WidgetType } from "@codemirror/view";
import type { Hint } from "#src/editor/model/index.ts";
import { element } from "../dom/index.ts";

/** Replaces the hints of an editor. */
export const setHints = StateEffect.define<readonly Hint[]>();

/** Values that the text does not say, behind what it says. */
export const hints = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update: (shown, { effects, changes }) => {
    const effect = effects.find((one) => one.is(setHints));
    if (effect?.is(setHints) !== true) return shown.map(changes);
    return Decoration.set(
      effect.value.map((hint) => Decoration.widget({ widget: new HintText(hint.text), side: 1 }).range(hint.offset)),
    );
  },
  provide: (field) => EditorView.decorations.from(field),
});

class HintText extends WidgetType {
  readonly #text: string;

  constructor(text: string) {
    super();
    this.#text = text;
  }

  override eq(other: HintText): boolean {
    return other.#text === this.#text;
  }

  override toDOM(): HTMLElement {
    return element("span", { class: "hint" }, this.#text);
  }
}
