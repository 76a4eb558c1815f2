import { dropped, markedLines, type MarkedLine, type StoredMark } from "#src/reports/html/comparison.ts";
import { yamlLines } from "#src/reports/html/yaml-lines.ts";
import type { Answer } from "../answer/index.ts";
import { type Child, element } from "../dom/index.ts";

/** More lines than somebody reads. */
const MOST_LINES = 500;

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
        : code("Object after mutating admission", markedLines(merged, { stored: admitted, allocated: [] })),
      "defaults of the API server and what the webhook patches",
      admitted !== undefined && patchText(patch),
    ),
    pane(
      "As stored",
      stored === undefined
        ? refusal
        : code("Object as stored", markedLines(merged, { stored, allocated: answer.allocated, old })),
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
    gone.length > 0 && keys.some((_, index) => gone.includes(JSON.stringify(keys.slice(0, index + 1))));
  const lines = yamlLines(sent, undefined);
  return code(
    "Object as sent",
    lines.map((line) => ({ ...line, mark: isGone(line.keys) ? "dropped" : "same" })),
  );
}

type Row = Pick<MarkedLine, "label" | "value"> & { readonly mark: Mark };

function row({ label, value, mark }: Row): HTMLElement {
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

function code(label: string, rows: readonly Row[]): HTMLElement {
  return element(
    "pre",
    { tabindex: "0", role: "region", "aria-label": label },
    element("code", {}, ...rows.slice(0, MOST_LINES).map(row), rest(rows.slice(MOST_LINES))),
  );
}

/** What is left out, and whether somebody who looks for changes misses some. */
function rest(rows: readonly Row[]): Child {
  if (rows.length === 0) return undefined;
  const changed = rows.filter(({ mark }) => mark !== "same").length;
  const note = `… and ${rows.length.toLocaleString("en")} more lines, ${changed === 0 ? "none" : changed.toLocaleString("en")} of them marked`;
  return element("span", { class: "row" }, note);
}

function patchText(patch: Answer["patch"]): HTMLElement {
  if (patch.length === 0) return element("p", { class: "none" }, "The webhook changes nothing.");
  const shown = patch.slice(0, MOST_LINES).map((one) => `  ${JSON.stringify(one)}`);
  const left = patch.length - shown.length;
  if (left > 0) shown.push(`  … and ${left.toLocaleString("en")} more`);
  const text = `[\n${shown.join(",\n")}\n]`;
  return element(
    "div",
    { class: "patch" },
    element("h4", {}, "JSON patch of the webhook"),
    element("pre", { tabindex: "0", role: "region", "aria-label": "JSON patch" }, element("code", {}, text)),
  );
}
