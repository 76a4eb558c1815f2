import {
  asTextError,
  type Duplicate,
  type KeyPath,
  type Lines,
  type Region,
  type TextDocument,
  type TextError,
  type TextProblem,
  type TextRange,
} from "../document/index.ts";
import { JsonLocations } from "./locations.ts";
import { JsonScanner } from "./scanner.ts";
import { JsonValues, type OnDuplicate } from "./values.ts";

/**
 * The JSON values of a text, one by one: kubectl reads them as a stream. Ends after the first invalid one. Of a duplicate key
 * the last value replaces the others, before anything is sent.
 */
export function* jsonDocuments(lines: Lines, from: number): Generator<TextDocument> {
  const scanner = new JsonScanner(lines.text, from);
  for (let index = 0; scanner.next() !== "" || index === 0; index++) {
    const document = jsonDocument(scanner, index, lines, "replace");
    yield document;
    if (document.problems.length > 0) return;
  }
}

/** The single JSON value of a text, as the API server reads a request body: nothing may follow it. */
export function singleJsonDocument(lines: Lines): TextDocument {
  const scanner = new JsonScanner(lines.text, 0);
  const document = jsonDocument(scanner, 0, lines, "merge");
  if (document.problems.length > 0 || scanner.next() === "") return document;
  return new JsonDocument(0, undefined, [], document.range, lines, scanner.unexpected("the end"));
}

function jsonDocument(scanner: JsonScanner, index: number, lines: Lines, onDuplicate: OnDuplicate): TextDocument {
  scanner.next();
  const start = scanner.position;
  const values = new JsonValues(scanner, onDuplicate);
  try {
    const value = values.value();
    return new JsonDocument(index, value, values.duplicates, { start, end: scanner.position }, lines, undefined);
  } catch (error) {
    const range = { start, end: lines.text.length };
    return new JsonDocument(index, undefined, [], range, lines, asTextError(error, range));
  }
}

class JsonDocument implements TextDocument {
  readonly format = "json";
  readonly misleadingScalars = [];
  readonly index: number;
  readonly value: unknown;
  readonly range: TextRange;
  readonly problems: readonly TextProblem[];
  readonly duplicates: readonly Duplicate[];
  readonly #lines: Lines;
  #locations: JsonLocations | undefined;

  constructor(
    index: number,
    value: unknown,
    duplicates: readonly Duplicate[],
    range: TextRange,
    lines: Lines,
    failure: TextError | undefined,
  ) {
    this.index = index;
    this.value = value;
    this.duplicates = duplicates;
    this.range = range;
    this.#lines = lines;
    this.problems = failure === undefined ? [] : [failure.toProblem(index, lines)];
  }

  isMerged(): boolean {
    return false;
  }

  rangeOf(keys: KeyPath, what: "key" | "value"): TextRange | undefined {
    if (this.problems.length > 0) return undefined;
    this.#locations ??= new JsonLocations(new JsonScanner(this.#lines.text, this.range.start));
    const found = this.#locations.find(keys);
    return what === "key" ? found?.key : found?.value;
  }

  locate(keys: KeyPath, what: "key" | "value"): Region | undefined {
    const range = this.rangeOf(keys, what);
    return range === undefined ? undefined : this.#lines.region(range);
  }
}
