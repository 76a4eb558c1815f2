import { type Checkpoint, everyFewIterations, isObject, NumberText, Path, setOwnProperty } from "../../field/index.ts";
import { type Finding, Findings, type FindingsOptions } from "../findings/index.ts";
import {
  canonicalTime,
  isService,
  type ObjectNode,
  type SchemaNode,
  type Service,
  SERVICE_SCHEMA,
} from "../schema/index.ts";
import { type KubernetesVersion, NEWEST_KNOWN } from "../versions/index.ts";
import { checkKind, withKind } from "./check-kind.ts";
import { decodePlain } from "./plain.ts";
import { addStructureProblems } from "./structure-findings.ts";
import { unknownFieldFacts } from "./unknown-field.ts";
import { wholeSpec } from "./whole-spec.ts";
import { zeroOf } from "./zero-value.ts";

/** The result of decoding an object. */
export interface DecodeResult {
  /** The Service; undefined if and only if there are `problems`. */
  readonly service: Service | undefined;
  /** What cannot be decoded: for each of these the API server answers 400. */
  readonly problems: readonly Finding[];
  /** The fields that the API does not know; they are not in `service`. */
  readonly unknown: readonly Finding[];
}

/** How an object is decoded. */
export interface DecodeOptions extends FindingsOptions {
  /** The version of the API server: a field of a newer one is unknown to it. By default the newest known. */
  readonly version?: KubernetesVersion;
  /** Whether unknown fields are not reported. */
  readonly ignoreUnknown?: boolean;
  /** Whether managed fields are left out: they are the larger part of many objects. */
  readonly skipManagedFields?: boolean | undefined;
}

/**
 * Decodes JSON values as a Service v1 object: nulls count as absent, a null list item as an empty item; unknown fields
 * are left out (and reported), and values that the API server does not write are dropped. Its spec has every field, an
 * absent one as undefined.
 * Source of the rules: recorded answers, and the reference of the Service API.
 */
export function decode(value: unknown, options: DecodeOptions = {}): DecodeResult {
  const { version = NEWEST_KNOWN, skipManagedFields = false } = options;
  const service = decodePlain(value, version.minor, skipManagedFields);
  return service === undefined ? decodeAny(value, options) : { service, problems: NONE, unknown: NONE };
}

const NONE: readonly Finding[] = [];

/** Decodes as {@link decode} does, but every object in the same way: with a check of the result, and with findings. */
export function decodeAny(value: unknown, options: DecodeOptions = {}): DecodeResult {
  const { maxPerCode, ignoreUnknown = false, skipManagedFields = false } = options;
  const { minor } = options.version ?? NEWEST_KNOWN;
  const checkpoint = everyFewIterations(options.checkpoint);
  const found = new Findings({ checkpoint, maxPerCode });
  const walk: Walk = {
    trail: [],
    unknown: ignoreUnknown ? undefined : found,
    skipManagedFields,
    minor,
    hasWrongTime: false,
    checkpoint,
  };
  const normal = normalizeObject(SERVICE_SCHEMA, value ?? {}, walk);
  const unknown = found.all;
  if (isService(normal) && !walk.hasWrongTime) {
    const problems = checkKind(value);
    const service = problems.length === 0 ? withKind(normal, wholeSpec(normal.spec)) : undefined;
    return { service, problems, unknown };
  }
  const problems = new Findings({ checkpoint, maxPerCode });
  addStructureProblems(normal, problems);
  return { service: undefined, problems: problems.all, unknown };
}

/** The state of the walk over an object. Paths are created only where they are needed. */
interface Walk {
  readonly trail: (string | number)[];
  readonly unknown: Findings | undefined;
  readonly skipManagedFields: boolean;
  /** The minor version of the API server. */
  readonly minor: number;
  /** Whether a time cannot be read. */
  hasWrongTime: boolean;
  readonly checkpoint: Checkpoint;
}

/** The value in the API server's own form; a value of a wrong type is kept as it is, and the schema refuses it. */
function normalize(node: SchemaNode, value: unknown, walk: Walk): unknown {
  switch (node.type) {
    case "object":
      return normalizeObject(node, value, walk);
    case "list":
      return Array.isArray(value) ? normalizeList(node.items, value, walk) : value;
    case "map":
      return isObject(value) ? normalizeMap(value) : asNonObject(value);
    case "text":
      return value === "" && node.empty === "drop" ? undefined : value;
    case "boolean":
      return value === false && node.empty === "drop" ? undefined : value;
    case "int32":
    case "int64":
      return value === 0 && node.empty === "drop" ? undefined : wholeNumber(value, node.type);
    case "time":
    case "optionalTime":
    case "nullableTime":
      return typeof value === "string" ? normalizeTime(node.type, value, walk) : value;
    case "intOrString":
    case "raw":
      return value;
  }
}

function normalizeTime(type: SchemaNode["type"], text: string, walk: Walk): string | null | undefined {
  const time = canonicalTime(text);
  if (time === undefined) {
    walk.hasWrongTime = true;
    return text;
  }
  return time === null && type === "time" ? undefined : time;
}

/** To the schema a `NumberText` would be an object, so it becomes a number. */
function asNonObject(value: unknown): unknown {
  return value instanceof NumberText ? Number(value.text) : value;
}

function normalizeList(items: SchemaNode, list: readonly unknown[], walk: Walk): unknown {
  if (list.length === 0) return undefined;
  // All empty items share one value: items are never changed in place.
  let zero: unknown;
  return list.map((item: unknown, index) => {
    walk.checkpoint();
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
  if (!isObject(value)) return asNonObject(value);
  const normal: Record<string, unknown> = {};
  for (const name of Object.keys(value)) {
    walk.checkpoint();
    const field = Object.hasOwn(node.fields, name) ? node.fields[name] : undefined;
    const member = value[name];
    if (field === undefined || (field.since !== undefined && field.since > walk.minor)) {
      walk.unknown?.add("unknown-field", Path.of([...walk.trail, name]), undefined, () =>
        unknownFieldFacts(node, walk.trail, name),
      );
      continue;
    }
    if (member === null || member === undefined || (walk.skipManagedFields && name === "managedFields")) continue;
    walk.trail.push(name);
    const kept = normalize(field, member, walk);
    walk.trail.pop();
    if (kept !== undefined) normal[name] = kept;
  }
  for (const [name, field] of node.written) normal[name] ??= normalize(field, zeroOf(field), walk);
  return normal;
}

/** A null in a map of strings becomes the empty string; a map without nulls is not copied. */
function normalizeMap(value: Record<string, unknown>): unknown {
  const keys = Object.keys(value);
  if (keys.length === 0) return undefined;
  if (keys.every((key) => value[key] !== null && value[key] !== undefined)) return value;
  const normal: Record<string, unknown> = {};
  for (const key of keys) setOwnProperty(normal, key, value[key] ?? "");
  return normal;
}

const INT64_MAX = 2n ** 63n - 1n;

/** An int64 may be too large for an exact JavaScript number; to the API server it is a number nevertheless. */
function wholeNumber(value: unknown, type: "int32" | "int64"): unknown {
  if (type === "int32" || !(value instanceof NumberText) || !/^-?\d+$/.test(value.text)) return value;
  const exact = BigInt(value.text);
  return exact <= INT64_MAX && exact >= -INT64_MAX - 1n ? Number(exact) : value;
}
