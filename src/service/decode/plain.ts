import { isObject } from "../../field/index.ts";
import { canonicalTime, type ObjectNode, type SchemaNode, type Service, SERVICE_SCHEMA } from "../schema/index.ts";
import { hasPlainKind, withKind } from "./check-kind.ts";
import { absentSpec, SPEC_NODE } from "./whole-spec.ts";
import { zeroOf } from "./zero-value.ts";

/** What a reader returns for a value that is not plain. */
const ODD = Symbol("odd");

/** Returns the value in the API server's own form, undefined if the server drops it, or `ODD`. Never given a null. */
type Reader = (value: unknown) => unknown;

/** Longer lists are not plain: they are walked with checkpoints. */
const LONGEST_LIST = 256;

/**
 * Decodes a plain object in one walk: one with known fields of the right types only, as nearly all are. Undefined if
 * anything in it is odd; whatever that is, `decode` finds it. For a plain object its answer is this one, but takes
 * several times as long. A property test holds the two against each other.
 * @param minor the minor version of the API server
 */
export function decodePlain(value: unknown, minor: number, skipManagedFields: boolean): Service | undefined {
  const service = readerFor(minor, skipManagedFields)(value);
  return isRead(service) && hasPlainKind(service) ? withKind(service, service.spec) : undefined;
}

/** What the reader of the whole schema has read has the types of the schema: each reader returns only those. */
function isRead(value: unknown): value is Service {
  return value !== ODD;
}

/** Readers are made once: by whether managed fields are skipped, then by minor version. */
const READERS = { all: new Map<number, Reader>(), skipping: new Map<number, Reader>() };

function readerFor(minor: number, skipManagedFields: boolean): Reader {
  const known = skipManagedFields ? READERS.skipping : READERS.all;
  let reader = known.get(minor);
  if (reader === undefined) {
    reader = objectReader(SERVICE_SCHEMA, (name, { since = 0 }) => {
      if (since > minor) return "unknown";
      return skipManagedFields && name === "managedFields" ? "skipped" : "read";
    });
    known.set(minor, reader);
  }
  return reader;
}

/** What is done with a field. */
type Treatment = (name: string, field: SchemaNode) => "unknown" | "skipped" | "read";

function readerOf(node: SchemaNode, treatment: Treatment): Reader {
  switch (node.type) {
    case "text":
      return node.empty === "drop" ? readText : (value) => (typeof value === "string" ? value : ODD);
    case "boolean":
      return node.empty === "drop" ? readFlag : (value) => (typeof value === "boolean" ? value : ODD);
    case "int32":
      return node.empty === "drop" ? orNothing(readInt32) : readInt32;
    case "int64":
      return node.empty === "drop" ? orNothing(readInt64) : readInt64;
    case "intOrString":
      return (value) => (typeof value === "string" ? value : readInt32(value));
    case "time":
    case "optionalTime":
    case "nullableTime":
      return readTime;
    case "raw":
      return (value) => value;
    case "map":
      return readMap;
    case "list":
      return listReader(readerOf(node.items, treatment));
    case "object":
      return objectReader(node, treatment);
  }
}

function readText(value: unknown): unknown {
  if (typeof value !== "string") return ODD;
  return value === "" ? undefined : value;
}

function readFlag(value: unknown): unknown {
  if (typeof value !== "boolean") return ODD;
  return value ? value : undefined;
}

function readInt32(value: unknown): unknown {
  // The operator gives its operand back if and only if that is an int32.
  return typeof value === "number" && (value | 0) === value ? value : ODD;
}

function readInt64(value: unknown): unknown {
  return Number.isInteger(value) ? value : ODD;
}

function orNothing(read: Reader): Reader {
  return (value) => (value === 0 ? undefined : read(value));
}

/** The zero time, which some fields drop, is odd. */
function readTime(value: unknown): unknown {
  return (typeof value === "string" ? canonicalTime(value) : undefined) ?? ODD;
}

/** A map of strings is not copied. */
function readMap(value: unknown): unknown {
  if (!isObject(value)) return ODD;
  const keys = Object.keys(value);
  for (const key of keys) if (typeof value[key] !== "string") return ODD;
  return keys.length === 0 ? undefined : value;
}

function listReader(readItem: Reader): Reader {
  return (value) => {
    if (!Array.isArray(value) || value.length > LONGEST_LIST) return ODD;
    if (value.length === 0) return undefined;
    const items: unknown[] = [];
    for (const item of value) {
      const read = item === null || item === undefined ? ODD : readItem(item);
      if (read === ODD) return ODD;
      items.push(read);
    }
    return items;
  };
}

function objectReader(node: ObjectNode, treatment: Treatment): Reader {
  const { fields, written } = node;
  const readers = new Map<string, Reader>();
  for (const [name, field] of Object.entries(fields)) {
    const treated = treatment(name, field);
    if (treated !== "unknown") readers.set(name, treated === "read" ? readerOf(field, treatment) : () => undefined);
  }
  const zeros = written.map(([name, field]) => ({ name, make: zeroMaker(field, treatment) }));
  const begin: () => Record<string, unknown> = node === SPEC_NODE ? absentSpec : () => ({});
  return (value) => {
    if (!isObject(value)) return ODD;
    const normal = begin();
    // Faster than a list of the keys. It would have inherited ones too, which objects from JSON do not have.
    for (const name in value) {
      const reader = readers.get(name);
      if (reader === undefined) return ODD;
      const member = value[name];
      if (member === null || member === undefined) continue;
      const read = reader(member);
      if (read === ODD) return ODD;
      if (read !== undefined) normal[name] = read;
    }
    for (const { name, make } of zeros) normal[name] ??= make();
    return normal;
  };
}

/** Makes the value of a written field that is absent. */
function zeroMaker(field: SchemaNode, treatment: Treatment): () => unknown {
  const zero = zeroOf(field);
  if (field.type !== "object") return () => zero;
  const read = objectReader(field, treatment);
  return () => read(zero);
}
