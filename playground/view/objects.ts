import { dropped, markedLines, type MarkedLine, type StoredMark } from "#src/reports/html/comparison.ts";
import { yamlLines } from "#src/reports/html/yaml-lines.ts";
import type { Answer } from "../answer/index.ts";
import { type Child, element } from "../dom/index.ts";

type Mark = StoredMark | "dropped";

/** What a mark means, for those who do not see colours. */
const SPOKEN: Readonly<Record<Mark, string | undefined>> = {
  same: undefined,
  added: "added",
  changed: "changed",
  picked: "allocated",
  kept: "kept as it was stored",
  dropped: "dropped",
};

/** The object at three places of its way, side by side, with the patch of the webhook. */
export function objectPanes(answer: Answer): readonly HTMLElement[] {
  const { sent, merged, admitted, stored, patch, old } = answer;
  const refusal = element("p", { class: "refusal" }, "Nothing is stored: the request is refused.");
  return [
    pane(
      "As sent",
      sentRows(merged, admitted),
      merged === sent.object ? "the manifest" : "merged with the stored object",
    ),
    pane(
      "After mutating admission",
      admitted === undefined
        ? element("p", { class: "refusal" }, "Not reached: the object cannot be decoded.")
        : code("Object after mutating admission", markedLines(merged, { stored: admitted, allocated: [] }).map(row)),
      "defaults of the API server and what the webhook patches",
      admitted !== undefined && patchText(patch),
    ),
    pane(
      "As stored",
      stored === undefined
        ? refusal
        : code("Object as stored", markedLines(merged, { stored, allocated: answer.allocated, old }).map(row)),
      "with what the cluster allocates",
    ),
  ];
}

function pane(title: string, content: HTMLElement, note: string, more?: Child): HTMLElement {
  return element(
    "section",
    { class: "pane", "aria-label": title },
    element("h3", {}, title, " ", element("span", {}, note)),
    content,
    more,
  );
}

function sentRows(sent: unknown, admitted: unknown): HTMLElement {
  const gone = admitted === undefined ? [] : dropped(sent, admitted).map((keys) => JSON.stringify(keys));
  const isGone = (keys: readonly (string | number)[]): boolean =>
    keys.some((_, index) => gone.includes(JSON.stringify(keys.slice(0, index + 1))));
  const lines = yamlLines(sent, undefined);
  return code(
    "Object as sent",
    lines.map((line) => row({ ...line, mark: isGone(line.keys) ? "dropped" : "same" })),
  );
}

function row({ label, value, mark }: Omit<MarkedLine, "mark"> & { readonly mark: Mark }): HTMLElement {
  const spoken = SPOKEN[mark];
  const isAllocated = value !== undefined && (mark === "picked" || PLACEHOLDER.test(value));
  return element(
    "span",
    { class: `row ${mark}` },
    spoken !== undefined && element("span", { class: "spoken" }, `${spoken}: `),
    label,
    isAllocated ? element("em", {}, allocatedText(value)) : value,
    "\n",
  );
}

/** What stands for an address that nobody knows. */
const PLACEHOLDER = /<allocated [^>]*>/;

/** A placeholder such as `<allocated IPv4>`, or 0 for a port, in words. */
function allocatedText(value: string): string {
  return /<([^>]*)>/.exec(value)?.[1] ?? "allocated";
}

function code(label: string, rows: readonly HTMLElement[]): HTMLElement {
  return element("pre", { tabindex: "0", role: "region", "aria-label": label }, element("code", {}, ...rows));
}

function patchText(patch: Answer["patch"]): HTMLElement {
  const text = patch.length === 0 ? "[]" : `[\n${patch.map((one) => `  ${JSON.stringify(one)}`).join(",\n")}\n]`;
  return element(
    "div",
    { class: "patch" },
    element("h4", {}, "JSON patch of the webhook"),
    element("pre", { tabindex: "0", role: "region", "aria-label": "JSON patch" }, element("code", {}, text)),
  );
}
