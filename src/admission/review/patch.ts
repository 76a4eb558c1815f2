import { type Checkpoint, everyFewIterations, isObject, type JsonObject, Path, valueAt } from "../../field/index.ts";
import type { Service } from "../../service/schema/index.ts";

/** One operation of RFC 6902. */
export type PatchOperation =
  | { readonly op: "add" | "replace"; readonly path: string; readonly value: unknown }
  | { readonly op: "remove"; readonly path: string };

/** Maps of the user's own keys: there an empty text is a value, and decoding never makes up an entry. */
const MAPS: ReadonlySet<string> = new Set(["labels", "annotations", "selector"]);

/** Bookkeeping of the API server, which no default touches: not looked at, for it is the largest part of a review. */
const UNTOUCHED: ReadonlySet<string> = new Set(["managedFields", "ownerReferences", "finalizers"]);

/** The parts of a Service that defaults fill in; `apiVersion` and `kind` are the endpoint's to know. */
const PARTS = ["metadata", "spec", "status"] as const;

/** What a static default takes away: the configuration of an affinity that is `None`. */
const REMOVABLE = [{ parent: "spec", name: "sessionAffinityConfig" }] as const;

/** How a patch is made. */
interface Making {
  readonly operations: PatchOperation[];
  readonly items: number;
  readonly checkpoint: Checkpoint;
}

/** What else a patch depends on. */
export interface PatchOptions {
  /** Values that a policy put in the place of the server's own static defaults. */
  readonly filled?: readonly Path[];
  /** Whether what is written of the status is kept: but for a write of the status the server drops it. */
  readonly withStatus?: boolean;
  /** How many items of a list are looked at; all unless told otherwise. */
  readonly items?: number | undefined;
  readonly checkpoint?: Checkpoint | undefined;
}

/**
 * The smallest JSON patch that brings the object as it was sent to what is wanted. Defaults and policies only fill in
 * what was left open, so an operation stands exactly where the sent value says nothing (absent, null or a zero value)
 * and the wanted one does. All else that differs is how a decoder writes the same thing, or a field of a newer API
 * server that this one does not know: both stay as they are. The exception are the values that `filled` names.
 */
export function patchBetween(sent: JsonObject, wanted: Service, options: PatchOptions = {}): PatchOperation[] {
  const { filled = [], items = Number.POSITIVE_INFINITY, withStatus = true, checkpoint } = options;
  const operations: PatchOperation[] = [];
  const making = { operations, items, checkpoint: everyFewIterations(checkpoint) };
  for (const path of filled) replaceDefault(operations, path, sent, wanted);
  for (const part of withStatus ? PARTS : PARTS.slice(0, -1))
    fill(making, Path.root.child(part), sentAt(sent, part), wanted[part]);
  for (const { parent, name } of REMOVABLE) {
    const holder = sent[parent];
    if (isObject(holder) && !isBlank(holder[name]) && wanted[parent][name] === undefined) {
      operations.push({ op: "remove", path: Path.root.child(parent).child(name).toPointer() });
    }
  }
  return operations;
}

function replaceDefault(operations: PatchOperation[], path: Path, sent: JsonObject, wanted: Service): void {
  const keys = path.keys();
  const [found, value] = [valueAt(sent, keys), valueAt({ ...wanted }, keys)];
  if (isBlank(found) || isBlank(value) || isObject(found) || Array.isArray(found) || found === value) return;
  operations.push({ op: "replace", path: path.toPointer(), value });
}

function fillObject(making: Making, path: Path, sent: JsonObject, wanted: object): void {
  for (const [name, value] of Object.entries(wanted)) {
    if (sent[name] === value || UNTOUCHED.has(name)) continue;
    if (MAPS.has(name) && isObject(value)) fillMap(making, path.child(name), sentAt(sent, name), value);
    else fill(making, path.child(name), sentAt(sent, name), value);
  }
}

/** What was sent at one place; null that was given is another thing to patch than nothing. */
interface Sent {
  readonly given: boolean;
  readonly found: unknown;
}

function sentAt(holder: JsonObject, name: string): Sent {
  return Object.hasOwn(holder, name) ? { given: true, found: holder[name] } : { given: false, found: undefined };
}

function fill(making: Making, path: Path, sent: Sent, wanted: unknown): void {
  if (isBlank(wanted)) return;
  // An object is filled from within, even an empty one: replacing it could take a field along that is not known here.
  if (isObject(sent.found) && isObject(wanted)) fillObject(making, path, sent.found, wanted);
  else if (Array.isArray(sent.found) && Array.isArray(wanted)) fillList(making, path, sent.found, wanted);
  else if (isBlank(sent.found))
    making.operations.push({ op: sent.given ? "replace" : "add", path: path.toPointer(), value: wanted });
}

function fillList(making: Making, path: Path, sent: readonly unknown[], wanted: readonly unknown[]): void {
  const end = Math.min(wanted.length, making.items);
  for (let index = 0; index < end; index++) {
    making.checkpoint();
    const [found, value] = [sent[index], wanted[index]];
    if (found !== value) fill(making, path.index(index), { given: index < sent.length, found }, value);
  }
}

function fillMap({ operations, checkpoint }: Making, path: Path, sent: Sent, wanted: JsonObject): void {
  const keys = Object.keys(wanted);
  if (!isObject(sent.found)) {
    if (keys.length > 0) {
      operations.push({ op: sent.given ? "replace" : "add", path: path.toPointer(), value: wanted });
    }
    return;
  }
  for (const key of keys) {
    checkpoint();
    const [found, value] = [sent.found[key], wanted[key]];
    if (found === value) continue;
    const pointer = (): string => path.key(key).toPointer();
    if (!Object.hasOwn(sent.found, key)) operations.push({ op: "add", path: pointer(), value });
    else if (isBlank(found) && !isBlank(value)) operations.push({ op: "replace", path: pointer(), value });
  }
}

/**
 * Whether the value says no more than its absence would. `false` does: it is an answer to a question with two. Without
 * recursion: what was sent may nest as deep as it likes where nobody knows the field.
 */
function isBlank(value: unknown): boolean {
  if (!isObject(value)) return isBlankItself(value);
  const pending: JsonObject[] = [value];
  for (let object = pending.pop(); object !== undefined; object = pending.pop()) {
    for (const key of Object.keys(object)) {
      const member = object[key];
      if (isObject(member)) pending.push(member);
      else if (!isBlankItself(member)) return false;
    }
  }
  return true;
}

function isBlankItself(value: unknown): boolean {
  if (value === undefined || value === null || value === "" || value === 0) return true;
  return Array.isArray(value) && value.length === 0;
}
