import type { Analysis } from "#src/editor/analysis/index.ts";
import type { Diagnostic } from "#src/editor/model/index.ts";
import { Lines } from "#src/text/document/index.ts";
import { button, element } from "../dom/index.ts";
import { link } from "../markdown/index.ts";
import { inPageWords } from "./page-words.ts";

/** What the list of findings leads to. */
export interface FindingActions {
  readonly goTo: (offset: number) => void;
  /** The titles of the fixes that help. It takes a while to find them. */
  readonly fixes: (diagnostic: Diagnostic) => readonly string[];
  readonly apply: (diagnostic: Diagnostic, title: string) => void;
  /** Leads to the text itself. */
  readonly leave: () => void;
}

/** A finding of the list. */
interface Item {
  readonly root: HTMLElement;
  readonly line: HTMLElement;
  readonly fixes: HTMLElement;
  /** The finding as it is now: its place changes with the text. */
  diagnostic: Diagnostic;
  titles: readonly string[];
  /** What the fixes were looked for in. */
  triedIn: unknown;
}

/** So long after the findings are shown, in milliseconds, nobody is expected to type, and fixes are tried. */
const CALM = 120;
/** So long, in milliseconds, the page may be deaf while they are. */
const SLICE = 8;

/** More findings than somebody reads before the first of them are mended. */
const MOST = 100;

/** The findings of a text as a list, for those who cannot point at a text. */
export class FindingList {
  readonly #host: HTMLElement;
  readonly #actions: FindingActions;
  readonly #list = element("ul", { class: "findings" });
  readonly #none = element("p", { class: "none" }, "No findings.");
  readonly #rest = element("li", { class: "none" });
  #items: readonly Item[] = [];
  #timer = 0;
  /** The position of the finding whose fix has just been made: its button, which had the focus, may go. */
  #fixed: number | undefined;

  constructor(host: HTMLElement, actions: FindingActions) {
    this.#host = host;
    this.#actions = actions;
  }

  /** Shows the findings of the text. What was shown before stays where it is. */
  show({ text, diagnostics, parts }: Pick<Analysis, "text" | "diagnostics" | "parts">): void {
    const known = Map.groupBy(this.#items, ({ diagnostic }) => keyOf(diagnostic));
    const lines = new Lines(text);
    this.#items = diagnostics.slice(0, MOST).map((diagnostic) => {
      const item = known.get(keyOf(diagnostic))?.shift() ?? this.#newItem(diagnostic);
      item.diagnostic = diagnostic;
      showLine(item.line, lines.lineOf(diagnostic.start));
      return item;
    });
    for (const { root } of [...known.values()].flat()) root.remove();
    let next = this.#list.firstChild;
    for (const { root } of this.#items) {
      if (root === next) next = root.nextSibling;
      else this.#list.insertBefore(root, next);
    }
    const left = diagnostics.length - this.#items.length;
    this.#rest.textContent = `and ${left.toLocaleString("en")} more`;
    if (left === 0) this.#rest.remove();
    else this.#list.append(this.#rest);
    const shown = diagnostics.length === 0 ? this.#none : this.#list;
    if (shown.parentNode !== this.#host) this.#host.replaceChildren(shown);
    this.#keepFocus();
    clearTimeout(this.#timer);
    const partAt = (offset: number): unknown => parts.findLast(({ start }) => start <= offset)?.part;
    this.#timer = window.setTimeout(() => {
      this.#tryFixes(this.#items.values(), partAt);
    }, CALM);
  }

  /** After a fix, whoever uses a keyboard goes on with the finding that is now in its place, or with the text. */
  focusAfter(position: number): void {
    this.#fixed = position;
  }

  #keepFocus(): void {
    if (this.#fixed === undefined) return;
    const next = this.#items[Math.min(this.#fixed, this.#items.length - 1)];
    this.#fixed = undefined;
    if (document.activeElement !== document.body) return;
    if (next === undefined) this.#actions.leave();
    else next.line.focus();
  }

  #newItem(diagnostic: Diagnostic): Item {
    const { severity, code, href, message, advice, suppressed, policy } = diagnostic;
    const line = button(
      "",
      () => {
        this.#actions.goTo(item.diagnostic.start);
      },
      { class: "line" },
    );
    const fixes = element("span", { class: "fixes" });
    const root = element(
      "li",
      { class: `finding ${suppressed === undefined ? severity : "quiet"}` },
      line,
      element("span", { class: "spoken" }, `${severity}: `),
      element("span", { class: "message" }, inPageWords(advice === undefined ? message : `${message}; ${advice}`)),
      element(
        "span",
        { class: "rule" },
        link(href, code),
        policy !== undefined && `, policy ${policy}`,
        suppressed !== undefined && `, exempt: ${suppressed}`,
      ),
      fixes,
    );
    const item: Item = { root, line, fixes, diagnostic, titles: [], triedIn: undefined };
    this.#offer(
      item,
      diagnostic.fixes.map(({ title }) => title),
    );
    return item;
  }

  /** Tries the fixes of what has changed, with pauses in which the page answers. */
  #tryFixes(items: Iterator<Item>, partAt: (offset: number) => unknown): void {
    const end = performance.now() + SLICE;
    for (let next = items.next(); next.done !== true; next = items.next()) {
      const { value: item } = next;
      const part = partAt(item.diagnostic.start);
      if (item.triedIn === part) continue;
      item.triedIn = part;
      this.#offer(item, this.#actions.fixes(item.diagnostic));
      if (performance.now() < end) continue;
      this.#timer = window.setTimeout(() => {
        this.#tryFixes(items, partAt);
      });
      return;
    }
  }

  #offer(item: Item, titles: readonly string[]): void {
    if (titles.join("\n") === item.titles.join("\n")) return;
    item.titles = titles;
    const isLeft = item.fixes.contains(document.activeElement);
    item.fixes.replaceChildren(
      ...titles.map((title) =>
        button(
          title,
          () => {
            this.focusAfter(this.#items.indexOf(item));
            this.#actions.apply(item.diagnostic, title);
          },
          { class: "apply" },
        ),
      ),
    );
    if (isLeft) item.line.focus();
  }
}

function showLine(control: HTMLElement, line: number): void {
  const text = `line ${line}`;
  if (control.textContent === text) return;
  control.textContent = text;
  control.ariaLabel = `Go to ${text}`;
}

/** Equal for findings that look the same, wherever they are. */
function keyOf({ severity, code, message, advice, suppressed, policy, field, subject }: Diagnostic): string {
  return JSON.stringify([severity, code, message, advice, suppressed, policy, field, subject]);
}
