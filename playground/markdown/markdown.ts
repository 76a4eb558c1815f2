import { type Child, element } from "../dom/index.ts";

/**
 * The Markdown of hovers as elements: paragraphs, lists, headings, fenced blocks; in lines, code, links and what is strong or
 * emphasized. Everything else is shown as it is written, and nothing is read as HTML.
 */
export function markdown(text: string): DocumentFragment {
  const fragment = document.createDocumentFragment();
  const lines = text.split("\n");
  for (let at = 0; at < lines.length;) at = block(lines, at, fragment);
  return fragment;
}

const FENCE = /^\s*```/;
const ITEM = /^\s*[-*] +/;
const HEADING = /^#{1,6} +/;

/** Reads one block. @returns the number of the line after it */
function block(lines: readonly string[], start: number, into: DocumentFragment): number {
  const line = lines[start] ?? "";
  if (line.trim() === "") return start + 1;
  if (FENCE.test(line)) {
    const end = endOf(lines, start + 1, (one) => FENCE.test(one));
    into.append(element("pre", { tabindex: "0" }, element("code", {}, lines.slice(start + 1, end).join("\n"))));
    return end + 1;
  }
  if (HEADING.test(line)) {
    into.append(element("p", {}, element("strong", {}, ...inline(line.replace(HEADING, "")))));
    return start + 1;
  }
  const isList = ITEM.test(line);
  const end = endOf(lines, start + 1, (one) => one.trim() === "" || FENCE.test(one) || (!isList && ITEM.test(one)));
  const own = lines.slice(start, end);
  if (!isList) into.append(element("p", {}, ...inline(own.join(" "))));
  else into.append(element("ul", {}, ...itemsOf(own).map((item) => element("li", {}, ...inline(item)))));
  return end;
}

function endOf(lines: readonly string[], start: number, isEnd: (line: string) => boolean): number {
  const end = lines.findIndex((line, index) => index >= start && isEnd(line));
  return end === -1 ? lines.length : end;
}

/** The items of a list; a line without a dash continues the one before. */
function itemsOf(lines: readonly string[]): string[] {
  const items: string[] = [];
  for (const line of lines) {
    if (ITEM.test(line)) items.push(line.replace(ITEM, ""));
    else items.push(`${items.pop() ?? ""} ${line.trim()}`);
  }
  return items;
}

const INLINE = /(`+)(.+?)\1|\[([^\]]+)\]\((https?:[^\s)]+)\)|\*\*(.+?)\*\*|(?<![\w*])[*_](?![\s*_])(.+?)[*_](?!\w)/g;

function inline(text: string): Child[] {
  const children: Child[] = [];
  let at = 0;
  for (const match of text.matchAll(INLINE)) {
    const [whole, , code, label, href, strong, emphasis] = match;
    children.push(text.slice(at, match.index));
    at = match.index + whole.length;
    if (code !== undefined) children.push(element("code", {}, code));
    else if (href !== undefined) children.push(link(href, ...inline(label ?? href)));
    else if (strong !== undefined) children.push(element("strong", {}, ...inline(strong)));
    else children.push(element("em", {}, ...inline(emphasis ?? "")));
  }
  return [...children, text.slice(at)];
}

/** A link that leaves the page as it is. */
export function link(href: string, ...children: readonly Child[]): HTMLAnchorElement {
  return element("a", { href, target: "_blank", rel: "noopener" }, ...children);
}
