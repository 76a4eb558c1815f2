import { equalJson, isObject, type JsonObject, setOwnProperty, unescapePointer } from "../../field/index.ts";

/** One operation of RFC 6902, as an expression gives it. */
export interface PatchStep {
  readonly op: string;
  readonly path: string;
  readonly from: string;
  /** Undefined if there is none: null is a value. */
  readonly value: unknown;
}

/** Why a patch cannot be applied, in the words of the API server. */
export class PatchFailure extends Error {}

/** That an operation `test` has not found what it wants: then the object stays as it is. */
class TestFailure extends Error {}

const MISSING = "missing value";

/**
 * The document that a JSON patch makes of another one, which is not modified. Source: `evanphx/json-patch` v4, with which the API
 * server patches. Unlike RFC 6902, it takes negative positions, and a `replace` may set a member that is not there.
 * @throws PatchFailure where the API server fails to apply the patch
 */
export function applyJsonPatch(document: unknown, steps: readonly PatchStep[]): unknown {
  const patching = new Patching(cloned(document));
  try {
    for (const step of steps) patching.take(step);
  } catch (error) {
    if (error instanceof TestFailure) return document;
    throw error;
  }
  return patching.document;
}

/** A deep copy; numbers that are kept as text are shared. */
function cloned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(cloned);
  if (!isObject(value)) return value;
  const copy: JsonObject = {};
  for (const [name, member] of Object.entries(value))
    if (member !== undefined) setOwnProperty(copy, name, cloned(member));
  return copy;
}

type Holder = JsonObject | unknown[];

interface Place {
  readonly holder: Holder;
  readonly key: string;
}

/** A document that is patched step by step. */
class Patching {
  document: unknown;

  constructor(document: unknown) {
    this.document = document;
  }

  take(step: PatchStep): void {
    const { op, path } = step;
    switch (op) {
      case "add":
        this.#add(path, step.value, [`add operation does not apply: doc is missing path: "${path}"`, "add"]);
        return;
      case "remove":
        this.#remove(path);
        return;
      case "replace":
        this.#replace(step);
        return;
      case "move":
        this.#move(step);
        return;
      case "copy":
        this.#copy(step);
        return;
      case "test":
        this.#test(step);
        return;
      default:
        throw new PatchFailure(`JSON Patch: Unexpected kind: ${op}`);
    }
  }

  #add(
    path: string,
    value: unknown,
    [missing, context]: readonly [missing: string, context: "add" | "move" | "copy"],
  ): void {
    const place = this.#place(path) ?? fail(missing, MISSING);
    const problem = addAt(place, value ?? null);
    if (problem === undefined) return;
    if (context === "copy") fail("error while adding value during copy", problem);
    fail(`error in ${context} for path: '${path}'`, problem);
  }

  #remove(path: string): void {
    const place = this.#place(path) ?? fail(`remove operation does not apply: doc is missing path: "${path}"`, MISSING);
    const problem = removeAt(place);
    if (problem !== undefined) fail(`error in remove for path: '${path}'`, problem);
  }

  #replace({ path, value = null }: PatchStep): void {
    if (path === "") {
      this.document = cloned(value);
      return;
    }
    const place = this.#place(path) ?? fail(`replace operation does not apply: doc is missing path: ${path}`, MISSING);
    if (getAt(place).problem !== undefined)
      fail(`replace operation does not apply: doc is missing key: ${path}`, MISSING);
    setAt(place, value);
  }

  #move({ path, from }: PatchStep): void {
    const source = this.#source(from, "move");
    const { value, problem } = getAt(source);
    const failed = problem ?? removeAt(source);
    if (failed !== undefined) fail(`error in move for path: '${source.key}'`, failed);
    this.#add(path, value, [`move operation does not apply: doc is missing destination path: ${path}`, "move"]);
  }

  #copy({ path, from }: PatchStep): void {
    const { value, problem } = getAt(this.#source(from, "copy"));
    if (problem !== undefined) fail(`error in copy for from: '${from}'`, problem);
    const missing = `copy operation does not apply: doc is missing destination path: ${path}`;
    this.#add(path, cloned(value), [missing, "copy"]);
  }

  #test({ path, value }: PatchStep): void {
    if (path === "") {
      if (!equalJson(this.document, value)) throw new TestFailure();
      return;
    }
    const place = this.#place(path) ?? fail(`test operation does not apply: is missing path: ${path}`, MISSING);
    const { value: found, problem } = getAt(place);
    if (problem !== undefined) fail(`error in test for path: '${path}'`, problem);
    // What is not there equals nothing that can be written down, not even null.
    const isSame = found === undefined || found === null ? value === undefined : equalJson(found, value);
    if (!isSame) throw new TestFailure();
  }

  #source(from: string, op: string): Place {
    if (from === "") fail(`${op} operation failed to decode from`, `operation, missing from field: ${MISSING}`);
    return this.#place(from) ?? fail(`${op} operation does not apply: doc is missing from path: ${from}`, MISSING);
  }

  /** The object or list that a pointer leads into, and the last key; undefined if it leads nowhere. */
  #place(path: string): Place | undefined {
    const keys = path.split("/").slice(1).map(unescapePointer);
    const key = keys.pop();
    if (key === undefined) return undefined;
    let holder = asHolder(this.document);
    for (const step of keys) holder = holder && asHolder(getAt({ holder, key: step }).value);
    return holder && { holder, key };
  }
}

function fail(what: string, why: string): never {
  throw new PatchFailure(`JSON Patch: ${what}: ${why}`);
}

function asHolder(value: unknown): Holder | undefined {
  return Array.isArray(value) || isObject(value) ? value : undefined;
}

interface Got {
  readonly value?: unknown;
  readonly problem?: string;
}

function getAt({ holder, key }: Place): Got {
  if (!Array.isArray(holder)) return { value: Object.hasOwn(holder, key) ? holder[key] : undefined };
  const index = position(key, holder.length);
  if (typeof index !== "number") return { problem: index.problem };
  return index < holder.length ? { value: holder[index] } : { problem: badIndex(index) };
}

/** Of a list, the position has been found to be there. */
function setAt({ holder, key }: Place, value: unknown): void {
  if (!Array.isArray(holder)) setOwnProperty(holder, key, value);
  else {
    const index = position(key, holder.length);
    if (typeof index === "number") holder[index] = value;
  }
}

/** Returns why nothing can be added there. */
function addAt({ holder, key }: Place, value: unknown): string | undefined {
  if (!Array.isArray(holder)) {
    setOwnProperty(holder, key, value);
    return undefined;
  }
  if (key === "-") {
    holder.push(value);
    return undefined;
  }
  const index = position(key, holder.length + 1);
  if (typeof index !== "number") {
    return index.isNumber ? index.problem : `value was not a proper array index: '${key}': ${index.problem}`;
  }
  if (index > holder.length) return badIndex(index);
  holder.splice(index, 0, value);
  return undefined;
}

/** Returns why nothing can be removed there. */
function removeAt({ holder, key }: Place): string | undefined {
  if (!Array.isArray(holder)) {
    if (!Object.hasOwn(holder, key)) return `Unable to remove nonexistent key: ${key}: ${MISSING}`;
    Reflect.deleteProperty(holder, key);
    return undefined;
  }
  const index = position(key, holder.length);
  if (typeof index !== "number") return index.problem;
  if (index >= holder.length) return badIndex(index);
  holder.splice(index, 1);
  return undefined;
}

/** A position in a list of a length, negative ones from its end; it may be beyond the end. */
function position(key: string, length: number): number | { readonly problem: string; readonly isNumber: boolean } {
  if (!/^[+-]?\d+$/.test(key)) {
    return { problem: `strconv.Atoi: parsing ${JSON.stringify(key)}: invalid syntax`, isNumber: false };
  }
  const index = Number(key);
  if (index < -length) return { problem: badIndex(index), isNumber: true };
  return index < 0 ? index + length : index;
}

function badIndex(index: number): string {
  return `Unable to access invalid index: ${index}: invalid index referenced`;
}
