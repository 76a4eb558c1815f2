import { ruleText } from "#src/examine/findings/rule-texts.ts";
import { findRule } from "#src/policy/rules/index.ts";
import { byId, element } from "../dom/index.ts";
import type { ExampleGroup } from "../session/index.ts";

/**
 * Fills the menu of examples.
 * @param onChoose called with the code of the one that is chosen
 * @returns shows which example the page has; with none, each can be chosen, also the one that was chosen last
 */
export function startExamplesMenu(
  groups: readonly ExampleGroup[],
  onChoose: (code: string) => void,
): (code: string) => void {
  const menu = byId("example", HTMLSelectElement);
  menu.replaceChildren(
    element("option", { value: "" }, "choose …"),
    ...groups.map(({ title: label, examples }) =>
      element(
        "optgroup",
        { label },
        ...examples.map(({ code, title = titleOf(code) }) =>
          element("option", { value: code }, `${code.replace(/^.*\//, "")}: ${title}`),
        ),
      ),
    ),
  );
  menu.addEventListener("change", () => {
    if (menu.value !== "") onChoose(menu.value);
  });
  return (code) => {
    menu.value = code;
  };
}

function titleOf(code: string): string {
  return ruleText(code)?.title ?? findRule(code.replace("policy/", ""))?.fault ?? "";
}
