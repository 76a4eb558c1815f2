import type { Scalar } from "yaml";
import { isAlias, isMap, isScalar, isSeq } from "yaml";
import { TextError, type TextRange } from "../document/index.ts";
import { entry, itemsOf, rangeOf, type YamlNode } from "./nodes.ts";

/** A text that does not match has nothing that the library accepts and go-yaml rejects. Most texts do not match. */
const SUSPICIOUS = /^ *\t|- *\t|\\[/uU]|\?|[[{,:]\s*:/m;
const TAB_IN_INDENT = /^ *(?:[-?:] +)*(?:[-?:]?\t)/gm;
/** An escape that go-yaml does not know, or one half of a surrogate pair. */
const BAD_ESCAPE = /^(?:[^\\]|\\[^/uU]|\\[uU](?!(?:0000)?[dD][89a-fA-F]))*?(\\\/|\\[uU](?:0000)?[dD][89a-fA-F])/;

/** The first thing in a document that go-yaml v2 rejects although it is valid YAML 1.2, which the library reads. */
export function goYamlProblem(root: YamlNode, text: string, document: TextRange): TextError | undefined {
  if (!SUSPICIOUS.test(text.slice(document.start, document.end))) return undefined;
  const seen: Seen = { closed: [], problem: undefined };
  visit(root, false, text, seen);
  return seen.problem ?? tabProblem(text, document, seen.closed);
}

interface Seen {
  /** The ranges in which tabs are not indentation: flow collections and scalars. */
  readonly closed: TextRange[];
  problem: TextError | undefined;
}

function visit(node: YamlNode, isInFlow: boolean, text: string, seen: Seen): void {
  if (node === undefined || isAlias(node)) return;
  if (isScalar(node)) {
    seen.closed.push(rangeOf(node));
    seen.problem ??= scalarProblem(node, isInFlow, text);
    return;
  }
  const isFlow = node.flow === true;
  if (isFlow && !isInFlow) seen.closed.push(rangeOf(node));
  if (isSeq(node)) for (const item of itemsOf(node)) visit(item, isInFlow || isFlow, text, seen);
  if (!isMap(node)) return;
  for (const pair of node.items) {
    const { key, value } = entry(pair);
    visit(key, isInFlow || isFlow, text, seen);
    visit(value, isInFlow || isFlow, text, seen);
  }
}

function scalarProblem(scalar: Scalar, isInFlow: boolean, text: string): TextError | undefined {
  const { start, end } = rangeOf(scalar);
  const raw = text.slice(start, end);
  if (scalar.type === "QUOTE_DOUBLE") {
    const escape = BAD_ESCAPE.exec(raw)?.[1];
    if (escape === undefined) return undefined;
    const message = `this is no YAML 1.1: \`${escape}\` is no escape; write the character itself`;
    return new TextError("syntax", { start, end }, message);
  }
  if (!isInFlow || scalar.type !== "PLAIN" || !/^:|\?/.test(raw)) return undefined;
  const message = "this is no YAML 1.1: between brackets a value with `?` or a leading `:` must stand in quotes";
  return new TextError("syntax", { start, end }, message);
}

function tabProblem(text: string, document: TextRange, closed: readonly TextRange[]): TextError | undefined {
  const ranges = closed.toSorted((a, b) => a.start - b.start);
  const plain = new PlainTextBefore(text);
  let next = 0;
  for (const match of text.slice(document.start, document.end).matchAll(TAB_IN_INDENT)) {
    const tab = document.start + match.index + match[0].length - 1;
    while (next < ranges.length && (ranges[next]?.end ?? 0) <= tab) next++;
    if ((ranges[next]?.start ?? tab) < tab || plain.reachesTo(tab)) continue;
    const message = "a tab indents this line; YAML allows spaces only";
    return new TextError("syntax", { start: tab, end: tab + 1 }, `this is no YAML: ${message}`);
  }
  return undefined;
}

/** The last line before an offset that is not blank. */
interface LastLine {
  /** The offset that the search started from. */
  readonly from: number;
  readonly indent: number;
  readonly mayContinue: boolean;
}

/**
 * go-yaml reads blank lines after an unquoted value as part of it if they are indented further. Tabs are checked in the
 * order of the text, so the last non-blank line is remembered for a whole run of blank lines.
 */
class PlainTextBefore {
  readonly #text: string;
  #last: LastLine | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  reachesTo(tab: number): boolean {
    const lineStart = this.#text.lastIndexOf("\n", tab) + 1;
    NEXT_IN_LINE.lastIndex = tab;
    if (!NEXT_IN_LINE.test(this.#text)) return false;
    this.#last = this.#lastLineBefore(lineStart);
    return tab - lineStart > this.#last.indent && this.#last.mayContinue;
  }

  #lastLineBefore(from: number): LastLine {
    const known = this.#last;
    const blank = this.#text.slice(known?.from ?? 0, from);
    if (known !== undefined && blank.trimEnd() === "") return { ...known, from };
    const before = this.#text.slice(0, from).trimEnd();
    const line = before.slice(before.lastIndexOf("\n") + 1);
    return {
      from,
      indent: line.length - line.trimStart().length,
      mayContinue: !/["'\]}:]/.test(line.slice(-1)) && line !== "",
    };
  }
}

/** White space up to the end of the line. */
const NEXT_IN_LINE = /[^\S\n]*(?:\n|$)/y;
