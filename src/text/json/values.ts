import { isObject, type JsonObject, Path, setOwnProperty } from "../../field/index.ts";
import { type Duplicate, tooDeep } from "../document/index.ts";
import type { JsonScanner } from "./scanner.ts";

/** What a later value of a duplicate key does to the earlier one. */
export type OnDuplicate = "replace" | "merge";

/** Go's limit. */
const MAX_LEVELS = 10_000;
/** Deeper than this, one duplicate key is listed: the path of each is as long as it is deep. */
const DEEPEST_DUPLICATE = 500;

/** A list or object whose end has not been reached; in an object, `name` is the key of the value that is being read. */
type Open =
  | { readonly type: "list"; readonly value: unknown[] }
  | { readonly type: "object"; readonly value: JsonObject; name: string };

/** Reads JSON values. Not recursive: a text may be nested as deep as Go allows, whatever the size of the stack. */
export class JsonValues {
  readonly #scanner: JsonScanner;
  readonly #onDuplicate: OnDuplicate;
  readonly #open: Open[] = [];
  readonly #duplicates = new Map<string, { path: Path; earlier: unknown[] }>();
  #hasDeepDuplicate = false;

  constructor(scanner: JsonScanner, onDuplicate: OnDuplicate) {
    this.#scanner = scanner;
    this.#onDuplicate = onDuplicate;
  }

  /** The duplicate keys; each is listed once, however often it is repeated. */
  get duplicates(): readonly Duplicate[] {
    const duplicates = [...this.#duplicates.values()];
    return this.#onDuplicate === "merge" ? duplicates : duplicates.map(({ path }) => ({ path }));
  }

  /** @throws {TextError} */
  value(): unknown {
    let done = this.#start();
    for (let open = this.#open.at(-1); open !== undefined; open = this.#open.at(-1)) {
      if (done !== undefined) this.#add(open, done);
      done = this.#hasNext(open, done === undefined) ? this.#next(open) : this.#open.pop()?.value;
    }
    return done;
  }

  /** A value that holds no others; of a list or object only its start is read, and it is undefined. */
  #start(): unknown {
    const scanner = this.#scanner;
    const first = scanner.next();
    if (first === '"') return scanner.string();
    if (first !== "{" && first !== "[") return scanner.scalar();
    if (this.#open.length === MAX_LEVELS) throw tooDeep(scanner.position);
    scanner.position++;
    this.#open.push(first === "[" ? { type: "list", value: [] } : { type: "object", value: {}, name: "" });
    return undefined;
  }

  #hasNext({ type }: Open, isFirst: boolean): boolean {
    const scanner = this.#scanner;
    if (!isFirst && scanner.take(",")) return true;
    if (scanner.take(type === "list" ? "]" : "}")) return false;
    if (isFirst) return true;
    throw scanner.unexpected(`a comma or a closing ${type === "list" ? "bracket" : "brace"}`);
  }

  #next(open: Open): unknown {
    if (open.type === "object") {
      const scanner = this.#scanner;
      if (scanner.next() !== '"') throw scanner.unexpected("a key in double quotes");
      open.name = scanner.string();
      if (!scanner.take(":")) throw scanner.unexpected("a colon");
    }
    return this.#start();
  }

  #add(open: Open, value: unknown): void {
    if (open.type === "list") {
      open.value.push(value);
      return;
    }
    const { value: object, name } = open;
    if (!Object.hasOwn(object, name)) {
      setOwnProperty(object, name, value);
      return;
    }
    this.#addDuplicate(object[name]);
    setOwnProperty(object, name, this.#onDuplicate === "merge" ? merged(object[name], value) : value);
  }

  #addDuplicate(earlier: unknown): void {
    if (this.#open.length > DEEPEST_DUPLICATE) {
      if (this.#hasDeepDuplicate) return;
      this.#hasDeepDuplicate = true;
    }
    const path = Path.of(this.#open.map((open) => (open.type === "list" ? open.value.length : open.name)));
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
