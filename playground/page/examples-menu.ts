import { ruleText } from "#src/examine/findings/rule-texts.ts";
import { findRule } from "#src/policy/rules/index.ts";
import { byId, element } from "../dom/index.ts";
import type { ExampleGroup } from "../session/index.ts";
import { exampleOfAddress } from "./link.ts";

/** Fills the menu of examples. @param onChoose called with the code of the one that is chosen */
export function startExamplesMenu(groups: readonly ExampleGroup[], onChoose: (code: string) => void): void {
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
  menu.value = exampleOfAddress() ?? "";
  menu.addEventListener("change", () => {
    onChoose(menu.value);
  });
}

function titleOf(code: string): string {
  return ruleText(code)?.title ?? findRule(code.replace("policy/", ""))?.fault ?? "";
}
