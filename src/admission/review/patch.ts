import {
  changesBetween,
  type Checkpoint,
  everyFewIterations,
  isObject,
  type JsonChange,
  type JsonObject,
  type JsonOperation,
  Path,
  valueAt,
  withChange,
} from "../../field/index.ts";
import type { Service } from "../../service/schema/index.ts";

/** One operation of RFC 6902. */
export type PatchOperation =
  | { readonly op: "add" | "replace"; readonly path: string; readonly value: unknown }
  | { readonly op: "remove"; readonly path: string };

/** Maps with keys of the user: an empty string is a value there, and decoding never adds an entry. */
const MAPS: ReadonlySet<string> = new Set(["labels", "annotations", "selector"]);

/** Metadata that no default touches; skipped because it is the largest part of a review. */
const SKIPPED: ReadonlySet<string> = new Set(["managedFields", "ownerReferences", "finalizers"]);

/** The parts of a Service that defaults fill in; `apiVersion` and `kind` are not among them. */
const PARTS = ["metadata", "spec", "status"] as const;

/** What a default removes: the session affinity configuration if the affinity is `None`. */
const REMOVABLE = [{ parent: "spec", name: "sessionAffinityConfig" }] as const;

/** The state of building a patch. */
interface PatchBuilder {
  readonly operations: PatchOperation[];
  readonly items: number;
  readonly checkpoint: Checkpoint;
}

/** Options of a patch. */
export interface PatchOptions {
  /** Paths at which a policy's default replaced one of the server's static defaults. */
  readonly replacedDefaults?: readonly Path[];
  /**
   * The object as it was before MutatingAdmissionPolicies changed it; absent if they have not. They may replace and remove what
   * was sent, so that all that differs from it is part of the patch.
   */
  readonly before?: Service | undefined;
  /** Whether changes of the status are kept: the server drops them except on a write of the status. */
  readonly withStatus?: boolean;
  /** The maximum number of items of a list to look at; default: all. */
  readonly items?: number | undefined;
  readonly checkpoint?: Checkpoint | undefined;
}

/**
 * The smallest JSON patch from the object as sent to the object wanted. Defaults and policies only fill in what was
 * left open, so there is an operation exactly where the sent value is blank (absent, null or a zero value) and the
 * wanted one is not. Any other difference is another notation of the same value, or a field of a newer API server that
 * is unknown here: both stay as they are. The exception are the values at `replacedDefaults`, and what differs from
 * `before`.
 */
export function patchBetween(received: JsonObject, wanted: Service, options: PatchOptions = {}): PatchOperation[] {
  const { replacedDefaults = [], items = Number.POSITIVE_INFINITY, withStatus = true, before, checkpoint } = options;
  const { sent, operations } =
    before === undefined ? { sent: received, operations: [] } : mutated(received, before, wanted, withStatus);
  const builder = { operations, items, checkpoint: everyFewIterations(checkpoint) };
  for (const path of replacedDefaults) replaceDefault(operations, path, sent, wanted);
  for (const part of withStatus ? PARTS : PARTS.slice(0, -1))
    fill(builder, Path.root.child(part), { present: Object.hasOwn(sent, part), found: sent[part] }, wanted[part]);
  for (const { parent, name } of REMOVABLE) {
    const holder = sent[parent];
    if (isObject(holder) && !isBlank(holder[name]) && wanted[parent][name] === undefined) {
      operations.push({ op: "remove", path: Path.root.child(parent).child(name).toPointer() });
    }
  }
  return operations;
}

/** The object with all that is wanted otherwise than it was before, and the operations that lead to it. */
function mutated(
  received: JsonObject,
  before: Service,
  wanted: Service,
  withStatus: boolean,
): { readonly sent: JsonObject; readonly operations: PatchOperation[] } {
  const operations: PatchOperation[] = [];
  let sent = received;
  for (const change of PARTS.flatMap((part): readonly JsonChange[] =>
    part === "status" && !withStatus ? [] : changesBetween(before[part], wanted[part], [part]),
  )) {
    const changed = withChange(sent, change);
    if (changed === undefined || !isObject(changed.value)) continue;
    sent = changed.value;
    operations.push(patchOperation(changed.operation));
  }
  return { sent, operations };
}

function patchOperation(operation: JsonOperation): PatchOperation {
  const path = Path.of(operation.keys).toPointer();
  return operation.op === "remove" ? { op: "remove", path } : { op: operation.op, path, value: operation.value };
}

function replaceDefault(operations: PatchOperation[], path: Path, sent: JsonObject, wanted: Service): void {
  const keys = path.keys();
  const [found, value] = [valueAt(sent, keys), valueAt(wanted, keys)];
  if (isBlank(found) || isBlank(value) || isObject(found) || Array.isArray(found) || found === value) return;
  operations.push({ op: "replace", path: path.toPointer(), value });
}

function fillObject(builder: PatchBuilder, path: Path, sent: JsonObject, wanted: JsonObject): void {
  for (const name of Object.keys(wanted)) {
    const value = wanted[name];
    if (value === undefined) continue;
    const found = sent[name];
    if (found === value || SKIPPED.has(name)) continue;
    const present = found !== undefined || Object.hasOwn(sent, name);
    if (MAPS.has(name) && isObject(value)) fillMap(builder, path.child(name), { present, found }, value);
    else fill(builder, path.child(name), { present, found }, value);
  }
}

/** The value that was sent at one place. An explicit null needs another operation than an absent value. */
interface Sent {
  readonly present: boolean;
  readonly found: unknown;
}

function fill(builder: PatchBuilder, path: Path, { present, found }: Sent, wanted: unknown): void {
  if (isBlank(wanted)) return;
  // An object is filled in member by member, even an empty one: replacing it could remove a field that is unknown
  // here.
  if (isObject(found) && isObject(wanted)) fillObject(builder, path, found, wanted);
  else if (Array.isArray(found) && Array.isArray(wanted)) fillList(builder, path, found, wanted);
  else if (isBlank(found))
    builder.operations.push({ op: present ? "replace" : "add", path: path.toPointer(), value: wanted });
}

function fillList(builder: PatchBuilder, path: Path, sent: readonly unknown[], wanted: readonly unknown[]): void {
  const end = Math.min(wanted.length, builder.items);
  for (let index = 0; index < end; index++) {
    builder.checkpoint();
    const [found, value] = [sent[index], wanted[index]];
    if (found !== value) fill(builder, path.index(index), { present: index < sent.length, found }, value);
  }
}

function fillMap({ operations, checkpoint }: PatchBuilder, path: Path, sent: Sent, wanted: JsonObject): void {
  const keys = Object.keys(wanted);
  if (!isObject(sent.found)) {
    if (keys.length > 0) {
      operations.push({ op: sent.present ? "replace" : "add", path: path.toPointer(), value: wanted });
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
 * Whether the value is equivalent to its absence. `false` is not: it is an explicit choice. Iterative, because an
 * unknown field may be nested to any depth.
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
