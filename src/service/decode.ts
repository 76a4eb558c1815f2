import { type Checkpoint, UNBOUNDED } from "../field/budget.ts";
import { isObject, NumberText } from "../field/json.ts";
import { Path } from "../field/path.ts";
import type { Finding } from "./finding.ts";
import { type Collecting, Findings } from "./findings.ts";
import { type Node, type ObjectNode, SERVICE } from "./schema.ts";
import { addStructureProblems } from "./structure-problems.ts";
import { isService } from "./structure.ts";
import { canonicalTime } from "./time.ts";
import type { Service } from "./types.ts";
import { wrongKind } from "./wrong-kind.ts";

/** What reading an object as a Service came to. */
export interface Decoded {
  /** The Service; undefined exactly if `problems` has something to say. */
  readonly service: Service | undefined;
  /** What cannot be read: each of these makes the API server answer 400. */
  readonly problems: readonly Finding[];
  /** Fields that the API does not know; they are left out of `service`. */
  readonly unknown: readonly Finding[];
}

/** How an object is read. */
export interface Decoding extends Collecting {
  /** Whether unknown fields go unnamed. */
  readonly passUnknown?: boolean;
  /** Whether the server's record of who wrote what is left out: it is the larger part of many an object. */
  readonly passManagers?: boolean | undefined;
}

/**
 * Reads JSON values as a Service v1 object: nulls are absent, a null list item is a zero item, unknown fields are
 * left out (and named), values that the API server does not write are dropped.
 * Source of the rules: recorded answers; the reference of the Service API.
 */
export function decode(value: unknown, options: Decoding = {}): Decoded {
  const { turn = UNBOUNDED, most, passUnknown = false, passManagers = false } = options;
  const found = new Findings({ turn, most });
  const walk: Walk = { trail: [], unknown: passUnknown ? undefined : found, passManagers, turn };
  const normal = normalizeObject(SERVICE, value ?? {}, walk);
  const unknown = found.all;
  if (isService(normal)) {
    const problems = wrongKind(normal, value);
    return { service: problems.length === 0 ? normal : undefined, problems, unknown };
  }
  const problems = new Findings({ turn, most });
  addStructureProblems(normal, problems);
  return { service: undefined, problems: problems.all, unknown };
}

/** Where the walk over an object stands, and what it has come across. Paths are only made where they are needed. */
interface Walk {
  readonly trail: (string | number)[];
  readonly unknown: Findings | undefined;
  readonly passManagers: boolean;
  readonly turn: Checkpoint;
}

/** The value in the API server's own form; a value of a wrong type is left as it is, for the schema to refuse. */
function normalize(node: Node, value: unknown, walk: Walk): unknown {
  switch (node.type) {
    case "object":
      return normalizeObject(node, value, walk);
    case "list":
      return Array.isArray(value) ? normalizeList(node.items, value, walk) : value;
    case "map":
      return isObject(value) ? normalizeMap(value) : noObject(value);
    case "text":
      return value === "" && node.empty === "drop" ? undefined : value;
    case "boolean":
      return value === false && node.empty === "drop" ? undefined : value;
    case "int32":
    case "int64":
      return value === 0 && node.empty === "drop" ? undefined : wholeNumber(value, node.type);
    case "time":
    case "nullableTime":
      return typeof value === "string" ? (canonicalTime(value) ?? value) : value;
    case "intOrString":
    case "raw":
      return value;
  }
}

/** A number that keeps its text is an object to the schema, but to nobody else. */
function noObject(value: unknown): unknown {
  return value instanceof NumberText ? Number(value.text) : value;
}

function normalizeList(items: Node, list: readonly unknown[], walk: Walk): unknown {
  if (list.length === 0) return undefined;
  // One for all of the items that say nothing: nobody changes one in place.
  let zero: unknown;
  return list.map((item: unknown, index) => {
    walk.turn();
    if (item === null || item === undefined || (items.type === "object" && isEmptyObject(item))) {
      return (zero ??= normalize(items, zeroOf(items), walk));
    }
    walk.trail.push(index);
    const normal = normalize(items, item, walk);
    walk.trail.pop();
    return normal;
  });
}

function isEmptyObject(value: unknown): boolean {
  if (!isObject(value)) return false;
  for (const _ in value) return false;
  return true;
}

function normalizeObject(node: ObjectNode, value: unknown, walk: Walk): unknown {
  if (!isObject(value)) return noObject(value);
  const normal: Record<string, unknown> = {};
  for (const name of Object.keys(value)) {
    walk.turn();
    const field = Object.hasOwn(node.fields, name) ? node.fields[name] : undefined;
    const member = value[name];
    if (field === undefined) {
      walk.unknown?.add("unknown-field", Path.of([...walk.trail, name]), undefined, { known: node.names });
      continue;
    }
    if (member === null || member === undefined || (walk.passManagers && name === "managedFields")) continue;
    walk.trail.push(name);
    const kept = normalize(field, member, walk);
    walk.trail.pop();
    if (kept !== undefined) normal[name] = kept;
  }
  for (const [name, field] of node.written) normal[name] ??= normalize(field, zeroOf(field), walk);
  return normal;
}

/** What Go makes of a null where a value must be. */
function zeroOf(node: Node): unknown {
  switch (node.type) {
    case "text":
      return "";
    case "boolean":
      return false;
    case "int32":
    case "int64":
    case "intOrString":
      return 0;
    case "object":
    case "map":
      return {};
    case "list":
      return [];
    case "nullableTime":
      return null;
    case "time":
    case "raw":
      return undefined;
  }
}

/** A null in a map of strings is the empty string; a map without any is as good as its copy. */
function normalizeMap(value: Record<string, unknown>): unknown {
  const keys = Object.keys(value);
  if (keys.length === 0) return undefined;
  if (keys.every((key) => value[key] !== null && value[key] !== undefined)) return value;
  const normal: Record<string, unknown> = {};
  for (const key of keys) setOwn(normal, key, value[key] ?? "");
  return normal;
}

/** Sets an own property, also one named `__proto__`. */
function setOwn(target: Record<string, unknown>, key: string, value: unknown): void {
  if (key === "__proto__")
    Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  else target[key] = value;
}

const INT64_MAX = 2n ** 63n - 1n;

/** An int64 may lie beyond what a JSON number can hold exactly; it is a number to the API server all the same. */
function wholeNumber(value: unknown, type: "int32" | "int64"): unknown {
  if (type === "int32" || !(value instanceof NumberText) || !/^-?\d+$/.test(value.text)) return value;
  const exact = BigInt(value.text);
  return exact <= INT64_MAX && exact >= -INT64_MAX - 1n ? Number(exact) : value;
}
