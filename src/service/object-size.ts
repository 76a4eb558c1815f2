import { isObject, NumberText, Path, utf8Length } from "../field/index.ts";
import type { Finding } from "./findings/index.ts";
import { type SchemaNode, type Service, SERVICE_SCHEMA } from "./schema/index.ts";

/** The largest body of a request that the server reads, in bytes. Source: `MaxRequestBodyBytes` of its configuration. */
const MAX_BODY = 3 * 1024 * 1024;
/** The largest request that etcd takes by default, in bytes. Source: its `--max-request-bytes`. */
const MAX_STORED = 1.5 * 1024 * 1024;
/** What a write to etcd has beside the fields and three times the name, as measured, to some twenty bytes. */
const OVERHEAD = 140;
/** A smaller body cannot become too large for etcd. */
const SURELY_SMALL = 300_000;

/** That the body is larger than the server reads. @param bytes the size of the body */
export function findTooLargeBody(bytes: number): Finding | undefined {
  return bytes > MAX_BODY
    ? { code: "body-too-large", path: Path.root, found: bytes, facts: { max: MAX_BODY } }
    : undefined;
}

/** That the object is larger than the storage takes. @param bytes the size of the body that it came in */
export function findTooLargeObject(service: Service, bytes: number): Finding | undefined {
  if (bytes < SURELY_SMALL) return undefined;
  // If the object is too large, the server leaves its managed fields out.
  const metadata = { ...service.metadata };
  delete metadata.managedFields;
  const name = utf8Length(`${metadata.namespace ?? ""}${metadata.name ?? ""}`);
  const size = encodedSize(SERVICE_SCHEMA, { ...service, metadata }) + 3 * name + OVERHEAD;
  return size > MAX_STORED
    ? { code: "object-too-large", path: Path.root, found: size, facts: { max: MAX_STORED } }
    : undefined;
}

/**
 * The size in bytes of a value of this node as the server stores it, in protocol buffers: each field with one byte for
 * its number, text and objects with their length, numbers and text also if they are empty.
 */
function encodedSize(node: SchemaNode, value: unknown): number {
  const isKept = "empty" in node && node.empty === "keep";
  if (value === undefined && isKept) return 0;
  switch (node.type) {
    case "text":
      return withLength(typeof value === "string" ? utf8Length(value) : 0);
    case "boolean":
      return 2;
    case "int32":
    case "int64":
      return 1 + integerSize(typeof value === "number" ? value : 0);
    case "intOrString":
      return typeof value === "string"
        ? withLength(4 + withLength(utf8Length(value)))
        : withLength(5 + integerSize(typeof value === "number" ? value : 0));
    case "time":
    case "optionalTime":
    case "nullableTime":
      return typeof value === "string" ? 11 : 0;
    case "raw":
      return value === undefined ? 0 : withLength(withLength(utf8Length(JSON.stringify(value))));
    case "list":
      return sum(Array.isArray(value) ? value : [], (item) => encodedSize(node.items, item));
    case "map":
      return sum(Object.entries(isObject(value) ? value : {}), ([key, text]) =>
        withLength(withLength(utf8Length(key)) + withLength(utf8Length(String(text)))),
      );
    case "object": {
      const fields = isObject(value) ? value : {};
      return withLength(sum(Object.entries(node.fields), ([name, field]) => encodedSize(field, fields[name])));
    }
  }
}

/** The size of a field with a length: its number, its length, and its content of this size. */
function withLength(size: number): number {
  return 1 + integerSize(size) + size;
}

/** The size of a number: seven bits a byte; a negative one has 64 bits. */
function integerSize(value: number): number {
  if (value < 0) return 10;
  let size = 1;
  for (let rest = value; rest >= 128; rest = Math.floor(rest / 128)) size++;
  return size;
}

function sum<T>(items: readonly T[], sizeOf: (item: T) => number): number {
  return items.reduce((total, item) => total + sizeOf(item), 0);
}

/**
 * The size in bytes of the body that a client sends for a value; if it is larger than the server reads, some size above
 * that: aliases of YAML can make it too large to be counted.
 */
export function bodySize(object: unknown): number {
  const left: unknown[] = [object];
  let size = 0;
  while (left.length > 0 && size <= MAX_BODY) {
    const value = left.pop();
    if (Array.isArray(value)) {
      size += Math.max(2, value.length + 1);
      for (const item of value) left.push(item);
    } else if (value instanceof NumberText) size += value.text.length;
    else if (isObject(value)) {
      const keys = Object.keys(value);
      size += Math.max(2, 2 * keys.length + 1);
      for (const key of keys) left.push(key, value[key]);
    } else size += utf8Length(JSON.stringify(value ?? null));
  }
  return size;
}
