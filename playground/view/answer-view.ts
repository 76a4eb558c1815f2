import { type Answer } from "../answer/index.ts";
import { element } from "../dom/index.ts";
import { objectPanes } from "./objects.ts";
import { stepList } from "./steps.ts";

/** The sentence that tells how it ends. */
export function verdictOf(answer: Answer): { readonly text: string; readonly tone: "good" | "warning" | "error" } {
  const { sent, isAllowed, isUpdate, steps, printed } = answer;
  const subject = `Service ${sent.namespace}/${sent.name}`;
  if (!isAllowed) {
    const step = steps.find(({ outcome }) => outcome === "refused");
    const by = step === undefined ? "" : ` at ${step.title.toLowerCase()}, by ${step.who}`;
    return { text: `${subject} is refused${by}`, tone: "error" };
  }
  const warnings = printed.filter((line) => line.startsWith("Warning: ")).length;
  const done = isUpdate ? "updated" : "created";
  if (warnings === 0) return { text: `${subject} is ${done}`, tone: "good" };
  return {
    text: `${subject} is ${done}, with ${warnings} ${warnings === 1 ? "warning" : "warnings"}`,
    tone: "warning",
  };
}

/** What kubectl prints. */
export function terminal({ printed }: Answer, command: string): HTMLElement {
  return element(
    "pre",
    { class: "terminal", tabindex: "0", role: "region", "aria-label": "What kubectl prints" },
    element("code", {}, element("span", { class: "prompt" }, `$ ${command}\n`), printed.join("\n")),
  );
}

export { objectPanes, stepList };
