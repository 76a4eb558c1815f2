import type { PrintedLine } from "../answer/index.ts";
import { element } from "../dom/index.ts";

/** More lines than somebody reads. */
const MOST_LINES = 300;

/** What kubectl prints. What Fairlead tells in its own words is marked, with a line that says so. */
export function terminal(printed: readonly PrintedLine[], command: string): HTMLElement {
  const lines = printed.slice(0, MOST_LINES);
  const left = printed.length - lines.length;
  const said = lines.flatMap(({ text, told }) => [text, told !== undefined && element("i", {}, told), "\n"]);
  const isTold = lines.some(({ told }) => told !== undefined && told !== "…");
  const isCut = lines.some(({ told }) => told === "…");
  return element(
    "div",
    {},
    element(
      "pre",
      { class: "terminal", tabindex: "0", role: "region", "aria-label": "What kubectl prints" },
      element("code", {}, element("span", { class: "prompt" }, `$ ${command}\n`), ...said.slice(0, -1)),
      left > 0 && `\n… and ${left} more lines`,
    ),
    (isTold || isCut) &&
      element(
        "p",
        { class: "note" },
        isTold && "Italics are in Fairlead's words. ",
        isCut && "… stands for the API server's words for what the warning says.",
      ),
  );
}
