import { isObject, type JsonObject, NumberText } from "../../field/index.ts";
import { type ObjectNode, type SchemaNode, SERVICE_SCHEMA } from "../schema/index.ts";
import { stepOf, stepText } from "./field-set.ts";
import { ATOMIC_MAPS, MERGED_LISTS } from "./lists.ts";

/** A value in a configuration that the API server can read as nothing: neither as a scalar nor as a list or an object. */
export class UnreadableValue {
  /** As the server prints it. */
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** A place as the server prints it, `.spec.ports[0]`, and as the tables of lists have it, `spec.ports[]`. */
interface Place {
  readonly text: string;
  readonly path: string;
}

const ROOT: Place = { text: "", path: "" };

function within({ text, path }: Place, name: string): Place {
  return { text: `${text}.${name}`, path: path === "" ? name : `${path}.${name}` };
}

/**
 * What does not fit the type of a Service in a part of one. Source: `ObjectToTyped` of apimachinery and the validation of
 * structured-merge-diff; the words are its own.
 * @param minor the minor version of the API server
 */
export function configurationProblems(value: unknown, minor: number): readonly string[] {
  return problemsAt(SERVICE_SCHEMA, value, ROOT, minor);
}

function problemsAt(node: SchemaNode, value: unknown, place: Place, minor: number): readonly string[] {
  const at = (message: string): readonly string[] => [place.text === "" ? message : `${place.text}: ${message}`];
  switch (node.type) {
    case "object":
      if (value === null) return [];
      return isMap(value) ? objectProblems(node, value, place, minor) : at(`expected map, got ${printed(value)}`);
    case "map":
      if (value === null) return [];
      if (!isMap(value)) return at(`expected map, got ${printed(value)}`);
      return Object.entries(value).flatMap(([name, inner]) =>
        problemsAt(TEXT, inner, { ...place, text: `${place.text}.${name}` }, minor),
      );
    case "list":
      if (value === null) return [];
      return Array.isArray(value)
        ? listProblems(node.items, value, place, minor)
        : at(`expected list, got ${printed(value)}`);
    case "raw":
      return [];
    default: {
      const expected = SCALARS[node.type];
      return value === null || expected.fits(value) ? [] : at(expected.message(value));
    }
  }
}

const TEXT: SchemaNode = { type: "text", empty: "keep" };

function objectProblems(
  { fields }: ObjectNode,
  value: Readonly<Record<string, unknown>>,
  place: Place,
  minor: number,
): readonly string[] {
  const problems: string[] = [];
  for (const [name, inner] of Object.entries(value)) {
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (field === undefined || (field.since ?? 0) > minor) {
      // The server does not go on from here.
      return [...problems, `${place.text}.${name}: field not declared in schema`];
    }
    problems.push(...problemsAt(field, inner, within(place, name), minor));
  }
  return problems;
}

function listProblems(items: SchemaNode, list: readonly unknown[], place: Place, minor: number): readonly string[] {
  const type = MERGED_LISTS[place.path];
  const problems: string[] = [];
  const seen = new Set<string>();
  const path = `${place.path}[]`;
  for (const [index, item] of list.entries()) {
    if (type === undefined) {
      problems.push(...problemsAt(items, item, { text: `${place.text}[${index}]`, path }, minor));
      continue;
    }
    const unfit = type.keys === undefined ? unfitInSet(item) : unfitWithKeys(item);
    if (unfit !== undefined) return [...problems, `${place.text}: element ${index}: ${unfit}`];
    const step = stepOf(item, type.keys);
    if (seen.has(step)) problems.push(`${place.text}: duplicate entries for key ${stepText(step)}`);
    seen.add(step);
    problems.push(...problemsAt(items, item, { text: place.text + stepText(step), path }, minor));
  }
  return problems;
}

function unfitWithKeys(item: unknown): string | undefined {
  if (item === null) return "associative list with keys may not have a null element";
  return isMap(item) ? undefined : "associative list with keys may not have non-map elements";
}

function unfitInSet(item: unknown): string | undefined {
  if (item === null) return "associative list without keys has an element that's an explicit null";
  if (Array.isArray(item)) return "not supported: associative list with lists as elements";
  return isMap(item) ? "associative list without keys has an element that's a map type" : undefined;
}

interface Scalar {
  readonly fits: (value: unknown) => boolean;
  readonly message: (value: unknown) => string;
}

const STRING: Scalar = {
  fits: (value) => typeof value === "string",
  message: (value) => `expected string, got &value.valueUnstructured{Value:${goSyntax(value)}}`,
};
const NUMBER: Scalar = {
  fits: isNumber,
  message: (value) => `expected numeric (int or float), got ${goType(value)}`,
};
const ANY: Scalar = {
  fits: (value) => typeof value === "string" || typeof value === "boolean" || isNumber(value),
  message: (value) => `expected any scalar, got ${printed(value)}`,
};

const SCALARS: Readonly<Record<Exclude<SchemaNode["type"], "object" | "list" | "map" | "raw">, Scalar>> = {
  text: STRING,
  boolean: {
    fits: (value) => typeof value === "boolean",
    message: (value) => `expected boolean, got ${printed(value)}`,
  },
  int32: NUMBER,
  int64: NUMBER,
  intOrString: ANY,
  time: ANY,
  optionalTime: ANY,
  nullableTime: ANY,
};

function isNumber(value: unknown): boolean {
  return typeof value === "number" || value instanceof NumberText;
}

function isMap(value: unknown): value is JsonObject {
  return isObject(value) && !(value instanceof UnreadableValue);
}

/** A value as Go prints it. */
function printed(value: unknown): string {
  return `&{${goText(value)}}`;
}

function goText(value: unknown): string {
  if (typeof value === "string") return value;
  if (value instanceof UnreadableValue || value instanceof NumberText) return value.text;
  if (Array.isArray(value)) return `[${value.map(goText).join(" ")}]`;
  if (!isMap(value)) return value === null ? "<nil>" : JSON.stringify(value);
  const members = Object.keys(value)
    .sort()
    .map((name) => `${name}:${goText(value[name])}`);
  return `map[${members.join(" ")}]`;
}

function goSyntax(value: unknown): string {
  return typeof value === "string" ? JSON.stringify(value) : goText(value);
}

function goType(value: unknown): string {
  switch (typeof value) {
    case "string":
      return "string";
    case "boolean":
      return "bool";
    default:
      return Array.isArray(value) ? "[]interface {}" : "map[string]interface {}";
  }
}

/**
 * The lists and objects in a part of a Service that can only be replaced as a whole: a configuration must not name them, as it
 * would remove what it does not say. Source: `findAtomics` of the API server.
 */
export function atomicPlaces(value: unknown, place: Place = ROOT): readonly string[] {
  if (Array.isArray(value)) {
    const path = `${place.path}[]`;
    const inner = value.flatMap((item, i) => atomicPlaces(item, { text: `${place.text}[${i}]`, path }));
    return MERGED_LISTS[place.path] === undefined ? [place.text, ...inner] : inner;
  }
  if (!isMap(value)) return [];
  const inner = Object.entries(value).flatMap(([name, member]) => atomicPlaces(member, within(place, name)));
  return ATOMIC_MAPS.has(place.path) ? [place.text, ...inner] : inner;
}
