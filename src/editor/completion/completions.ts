import type { KeyPath, TextRange } from "../../text/document/index.ts";
import type { Analysis } from "../analysis/index.ts";
import {
  documentAt,
  type DocumentSketch,
  isOnSeparator,
  type KeySpot,
  lineStart,
  nodeAt,
  type OpenSpot,
  type Spot,
  spotsAt,
  type Subject,
  subjectAt,
  type ValueSpot,
} from "../cursor/index.ts";
import type { Completion } from "../model/index.ts";
import { type Expected, expectedAt, fieldName, type FieldWord, TARGET_PORT } from "../words/index.ts";
import { fieldText, type KeyPlace } from "./field-text.ts";
import { separated } from "./separators.ts";
import { scalarText } from "./scalar-text.ts";
import { SKELETONS, unsaidExpected } from "./skeletons.ts";
import { type Style, styleOf } from "./style.ts";

/** By how much the words of an outer level come behind those of an inner one. */
const LEVEL = 1000;

/**
 * The texts that can stand at an offset: keys that are not there yet, and values. The text need not parse. What has already been
 * typed is in the range of each, and editors choose by it.
 */
export function completionsAt(analysis: Analysis, offset: number): readonly Completion[] {
  const { text } = analysis;
  if (isOnSeparator(text, offset)) return [];
  const document = documentAt(text, offset);
  const completer = new Completer(analysis, document, offset);
  return spotsAt(text, document, offset)
    .filter((spot) => isInOneLine(text, spot))
    .flatMap((spot, level) =>
      completer.at(spot).map((one) => ({ ...one, ...quoted(text, one), rank: one.rank + level * LEVEL })),
    );
}

/** Whether a range has no line break: the protocol lets a completion replace no other. */
function isInOneLine(text: string, { start, end }: TextRange): boolean {
  return !text.slice(start, end).includes("\n");
}

/** Whether a target port can be written at an offset: then the workloads around the text tell which. */
export function takesTargetPort({ text, file, context }: Analysis, offset: number): boolean {
  const document = documentAt(text, offset);
  return spotsAt(text, document, offset).some(({ is, keys }) => {
    if (is !== "value") return false;
    const subject = subjectAt(file, document, keys, context.settings.assumeService);
    return subject.kind === "service" && fieldName(keys.slice(subject.keys.length)) === TARGET_PORT;
  });
}

/** Within quotes, what is typed starts with the quote. */
function quoted(text: string, { label, range }: Completion): Pick<Completion, "filterText"> {
  const first = range.end > range.start ? text.charAt(range.start) : "";
  return first === '"' || first === "'" ? { filterText: `${first}${label}${first}` } : {};
}

class Completer {
  readonly #analysis: Analysis;
  readonly #document: DocumentSketch;
  readonly #offset: number;
  readonly #style: Style;

  constructor(analysis: Analysis, document: DocumentSketch, offset: number) {
    this.#analysis = analysis;
    this.#document = document;
    this.#offset = offset;
    this.#style = styleOf(analysis.text, document);
  }

  at(spot: Spot): readonly Completion[] {
    if (spot.is === "key") return this.#atKey(spot);
    return spot.is === "value" ? this.#atValue(spot) : this.#atOpen(spot);
  }

  #subject(keys: KeyPath): Subject {
    const { file, context } = this.#analysis;
    return subjectAt(file, this.#document, keys, context.settings.assumeService);
  }

  #expected(keys: KeyPath): Expected | undefined {
    const subject = this.#subject(keys);
    if (subject.kind === "none") return unsaidExpected(keys.slice(subject.keys.length));
    return expectedAt(this.#analysis, subject, this.#offset, keys);
  }

  /** A key that is there, whole or in part. */
  #atKey({ keys, entry, isFlow, start, end }: KeySpot): readonly Completion[] {
    const parent = keys.slice(0, -1);
    const has = entry.colon !== undefined ? "colon" : entry.value !== undefined ? "value" : "nothing";
    const place: KeyPlace = { column: this.#column(start), isFlow, quotes: entry.key.style, has };
    const range = { start, end };
    return this.#fields(parent, entry.key.text).map((word) => {
      const text = fieldText(word, place, this.#style);
      return completion(word, range, isFlow && has === "nothing" ? separated(this.#analysis.text, range, text) : text);
    });
  }

  #atValue(spot: ValueSpot): readonly Completion[] {
    const { keys, scalar, isFlow, isAlone, start, end } = spot;
    if (scalar?.style === "block") return [];
    const expected = this.#expected(keys);
    const range = { start, end };
    // A word alone on its line may become a key, or an item that still lacks its dash.
    const isBare = isAlone && !isFlow && scalar !== undefined;
    const list = nodeAt(this.#document.root, keys.slice(0, -1));
    const item = list?.kind === "list" ? list.items[Number(keys.at(-1))] : undefined;
    const lacksDash = isBare && item !== undefined && item.dash === undefined;
    const isItem = isBare && expected?.type === "list";
    if (isItem) return this.#items(expected, keys, range, "");
    if (lacksDash && expected !== undefined) return this.#item(expected, keys.slice(0, -1), range, "- ");
    const isBehindDash = item?.dash !== undefined && scalar === undefined && !isFlow;
    if ((isBare || isBehindDash) && isObject(expected))
      return this.#newKeys(keys, range, this.#glue(start), scalar?.style);
    if (keys.length === 0) return [];
    if (expected?.type === "list" && scalar === undefined) return this.#flowLists(expected, range);
    return this.#values(expected, range, this.#glue(start), scalar?.style);
  }

  #atOpen({ keys, node, takes, isFlow, padding, start, end }: OpenSpot): readonly Completion[] {
    const expected = this.#expected(keys);
    const range = { start, end };
    const blanks = " ".repeat(padding);
    if (isFlow) return this.#inFlow(expected, keys, range);
    if (expected?.type === "list" && takes !== "key") return this.#items(expected, keys, range, blanks);
    if (!isObject(expected) || takes === "item") return [];
    return [
      ...(node === undefined && keys.length === 0 ? this.#skeletons(range) : []),
      ...this.#newKeys(keys, range, blanks),
    ];
  }

  /** Keys of a map at the start of a line, or behind a dash. */
  #newKeys(
    keys: KeyPath,
    range: TextRange,
    before: string,
    quotes: KeyPlace["quotes"] = "plain",
  ): readonly Completion[] {
    const column = this.#column(range.start) + before.length;
    const place: KeyPlace = { column, isFlow: false, quotes, has: "nothing" };
    const words = this.#fields(keys).map((word) =>
      completion(word, range, before + fieldText(word, place, this.#style)),
    );
    const isNewDocument = keys.length === 0 && this.#document.root?.kind === "scalar";
    return isNewDocument ? [...this.#skeletons(range), ...words] : words;
  }

  /** Items of a list in block style, with their dashes. */
  #items(expected: Expected, keys: KeyPath, range: TextRange, blanks: string): readonly Completion[] {
    return expected.items === undefined ? [] : this.#item(expected.items, keys, range, `${blanks}- `);
  }

  #item(expected: Expected, list: KeyPath, range: TextRange, before: string): readonly Completion[] {
    if (isObject(expected)) {
      const column = this.#column(range.start) + before.length;
      const place: KeyPlace = { column, isFlow: false, quotes: "plain", has: "nothing" };
      return (expected.fields?.() ?? []).map((word) =>
        completion(word, range, before + fieldText(word, place, this.#style)),
      );
    }
    return this.#values(expected, range, before, undefined, this.#itemsOf(list));
  }

  #inFlow(expected: Expected | undefined, keys: KeyPath, range: TextRange): readonly Completion[] {
    const { text } = this.#analysis;
    const { isJson } = this.#style;
    const place: KeyPlace = { column: 0, isFlow: true, quotes: "plain", has: "nothing" };
    if (expected?.type === "list" && expected.items !== undefined) {
      const { items } = expected;
      if (!isObject(items)) {
        const values = this.#values(items, range, "", undefined, this.#itemsOf(keys));
        return values.map((one) => ({ ...one, text: separated(text, range, one.text) }));
      }
      return (items.fields?.() ?? []).map((word) => {
        const entry = fieldText(word, place, this.#style);
        return completion(word, range, separated(text, range, isJson ? `{${entry}}` : `{ ${entry} }`));
      });
    }
    return this.#fields(keys).map((word) =>
      completion(word, range, separated(text, range, fieldText(word, place, this.#style))),
    );
  }

  /** The keys that the map at this path does not have yet. @param own the key that is being changed */
  #fields(keys: KeyPath, own?: string): readonly FieldWord[] {
    const node = nodeAt(this.#document.root, keys);
    const there = new Set(node?.kind === "map" ? node.entries.map(({ key }) => key.text) : []);
    if (own !== undefined) there.delete(own);
    return (this.#expected(keys)?.fields?.() ?? []).filter(({ label }) => !there.has(label));
  }

  #values(
    expected: Expected | undefined,
    range: TextRange,
    before: string,
    written?: KeyPlace["quotes"],
    there: ReadonlySet<string> = new Set(),
  ): readonly Completion[] {
    const isText = expected?.type === "text";
    const words = (expected?.values?.() ?? []).filter(({ label }) => !there.has(label));
    return words.map((word) => {
      const text = before + scalarText(word.label, isText, this.#style.isJson, written);
      return completion({ ...word, kind: "value" }, range, text);
    });
  }

  /** A list of one value, on the line of its key. */
  #flowLists({ items }: Expected, range: TextRange): readonly Completion[] {
    const before = `${this.#glue(range.start)}[`;
    return this.#values(items, range, before).map((one) => ({ ...one, text: `${one.text}]` }));
  }

  #itemsOf(keys: KeyPath): ReadonlySet<string> {
    const list = nodeAt(this.#document.root, keys);
    const items = list?.kind === "list" ? list.items : [];
    return new Set(items.flatMap(({ value }) => (value?.kind === "scalar" ? [value.text] : [])));
  }

  #skeletons(range: TextRange): readonly Completion[] {
    if (this.#column(range.start) > 0 || this.#subject([]).kind !== "none") return [];
    return SKELETONS.map(({ label, detail, lines }, rank) => {
      const text = lines.join(this.#style.lineBreak);
      return {
        label,
        kind: "value",
        detail,
        documentation: `\`\`\`yaml\n${lines.join("\n")}\`\`\``,
        range,
        text,
        rank,
      };
    });
  }

  #column(at: number): number {
    return at - lineStart(this.#analysis.text, at);
  }

  /** The blank that a colon or a dash needs behind it. */
  #glue(at: number): string {
    return /[:-]/.test(this.#analysis.text[at - 1] ?? "") ? " " : "";
  }
}

function isObject(expected: Expected | undefined): boolean {
  return expected?.type === "object" || expected?.type === "map";
}

type AnyWord = Pick<FieldWord, "label" | "rank" | "detail" | "help"> & { readonly kind: Completion["kind"] };

function completion({ label, kind, detail, help, rank }: AnyWord, range: TextRange, text: string): Completion {
  return {
    label,
    kind,
    ...(detail !== undefined && { detail }),
    ...(help !== undefined && { documentation: help }),
    range,
    text,
    rank,
  };
}
