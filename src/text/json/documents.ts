import { isObject, Path, setOwnProperty } from "../../field/index.ts";
import {
  asTextError,
  type Duplicate,
  type KeyPath,
  type Lines,
  MAX_DEPTH,
  type Region,
  type TextDocument,
  type TextError,
  type TextProblem,
  type TextRange,
  tooDeep,
} from "../document/index.ts";
import { JsonLocations } from "./locations.ts";
import { JsonScanner } from "./scanner.ts";

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

/** What a later value of a duplicate key does to the earlier one. */
type OnDuplicate = "replace" | "merge";

function jsonDocument(scanner: JsonScanner, index: number, lines: Lines, onDuplicate: OnDuplicate): TextDocument {
  scanner.next();
  const start = scanner.position;
  const values = new JsonValues(scanner, onDuplicate);
  try {
    const value = values.value(0);
    return new JsonDocument(index, value, values.duplicates, { start, end: scanner.position }, lines, undefined);
  } catch (error) {
    const range = { start, end: lines.text.length };
    return new JsonDocument(index, undefined, [], range, lines, asTextError(error, range));
  }
}

class JsonValues {
  readonly #scanner: JsonScanner;
  readonly #onDuplicate: OnDuplicate;
  readonly #trail: (string | number)[] = [];
  readonly #duplicates = new Map<string, { path: Path; earlier: unknown[] }>();

  constructor(scanner: JsonScanner, onDuplicate: OnDuplicate) {
    this.#scanner = scanner;
    this.#onDuplicate = onDuplicate;
  }

  /** The duplicate keys; each is listed once, however often it is repeated. */
  get duplicates(): readonly Duplicate[] {
    const duplicates = [...this.#duplicates.values()];
    return this.#onDuplicate === "merge" ? duplicates : duplicates.map(({ path }) => ({ path }));
  }

  value(depth: number): unknown {
    const first = this.#scanner.next();
    if (depth === MAX_DEPTH && (first === "{" || first === "[")) throw tooDeep(this.#scanner.position);
    if (first === "{") return this.#object(depth + 1);
    if (first === "[") return this.#list(depth + 1);
    return first === '"' ? this.#scanner.string() : this.#scanner.scalar();
  }

  #object(depth: number): unknown {
    const scanner = this.#scanner;
    const object: Record<string, unknown> = {};
    scanner.position++;
    if (scanner.take("}")) return object;
    do {
      if (scanner.next() !== '"') throw scanner.unexpected("a key in double quotes");
      const name = scanner.string();
      if (!scanner.take(":")) throw scanner.unexpected("a colon");
      this.#trail.push(name);
      const value = this.value(depth);
      const isDuplicate = Object.hasOwn(object, name);
      if (isDuplicate) this.#addDuplicate(object[name]);
      this.#trail.pop();
      const isMerged = isDuplicate && this.#onDuplicate === "merge";
      setOwnProperty(object, name, isMerged ? merged(object[name], value) : value);
    } while (scanner.take(","));
    if (!scanner.take("}")) throw scanner.unexpected("a comma or a closing brace");
    return object;
  }

  #list(depth: number): unknown {
    const scanner = this.#scanner;
    const list: unknown[] = [];
    scanner.position++;
    if (scanner.take("]")) return list;
    do {
      this.#trail.push(list.length);
      list.push(this.value(depth));
      this.#trail.pop();
    } while (scanner.take(","));
    if (!scanner.take("]")) throw scanner.unexpected("a comma or a closing bracket");
    return list;
  }

  #addDuplicate(earlier: unknown): void {
    const path = Path.of(this.#trail);
    const pointer = path.toPointer();
    const known = this.#duplicates.get(pointer);
    if (known === undefined) this.#duplicates.set(pointer, { path, earlier: [earlier] });
    else known.earlier.push(earlier);
  }
}

/** Go decodes a duplicate key into the existing value: objects and list items are merged, not replaced. */
function merged(before: unknown, after: unknown): unknown {
  if (Array.isArray(before) && Array.isArray(after)) {
    return after.map((item: unknown, index) => (index < before.length ? merged(before[index], item) : item));
  }
  if (!isObject(before) || !isObject(after)) return after;
  const object = { ...before };
  for (const [name, value] of Object.entries(after)) {
    setOwnProperty(object, name, Object.hasOwn(object, name) ? merged(object[name], value) : value);
  }
  return object;
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
