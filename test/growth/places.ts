import { isObject, type JsonObject } from "#src/field/json.ts";
import { type ObjectNode, type SchemaNode, SERVICE_SCHEMA } from "#src/service/schema/schema.ts";
import { goodValue } from "./samples.ts";

/** Something that a Service can have very much of. */
export interface Shape {
  /** What grows, and where. */
  readonly name: string;
  /** The place from the root; a step into a list stands for its first item. */
  readonly keys: readonly (string | number)[];
  /** The value with so much of it. */
  readonly value: (size: number) => unknown;
}

/** Texts that readers of addresses, names, times and patterns might stumble over. */
const LONG_TEXTS = ["a", "1.", ":", "a,"];

/** Everything that may grow: lists, maps, texts and nesting at each place of the schema, known to it or not. */
export function shapes(): readonly Shape[] {
  return [...ofNode(SERVICE_SCHEMA, [], "Service")];
}

function* ofNode(node: SchemaNode, keys: Shape["keys"], name: string): Iterable<Shape> {
  const shape = (what: string, value: Shape["value"], at = keys): Shape => ({
    name: `${at.join(".")}: ${what}`,
    keys: at,
    value,
  });
  switch (node.type) {
    case "list":
      yield shape("different items", (size) => times(size, (i) => goodValue(node.items, name, i)));
      yield shape("equal items", (size) => times(size, () => goodValue(node.items, name, 0)));
      yield shape("items of a wrong type", (size) => times(size, (i) => [i]));
      yield shape("nulls", (size) => times(size, () => null));
      yield* inEachItem(node.items, name, shape);
      yield* ofNode(node.items, [...keys, 0], name);
      return;
    case "map":
      yield shape("different entries", (size) => entries(size, (i) => `v${i}`));
      yield shape("values of a wrong type", (size) => entries(size, (i) => i));
      yield shape("a long key", (size) => ({ ["k".repeat(size)]: "v" }));
      yield shape("a long value", (size) => ({ k: "v".repeat(size) }));
      return;
    case "object":
      yield* ofObject(node, keys, shape);
      return;
    case "raw":
      yield shape("nesting", nested);
      yield shape("unknown fields", (size) => entries(size, () => ({})));
      return;
    default:
      for (const piece of LONG_TEXTS) {
        yield shape(`a long text of ${JSON.stringify(piece)}`, (size) => piece.repeat(Math.ceil(size / piece.length)));
      }
      yield shape("a list in its place", (size) => times(size, (i) => i));
  }
}

type Maker = (what: string, value: Shape["value"], at?: Shape["keys"]) => Shape;

function* ofObject(node: ObjectNode, keys: Shape["keys"], shape: Maker): Iterable<Shape> {
  yield shape("unknown fields", (size) => entries(size, (i) => i));
  yield shape("nesting in an unknown field", nested, [...keys, "unknown"]);
  for (const [name, field] of Object.entries(node.fields)) yield* ofNode(field, [...keys, name], name);
}

/** One thing in each of many items. */
function* inEachItem(item: SchemaNode, name: string, shape: Maker): Iterable<Shape> {
  if (item.type !== "object") {
    yield shape("a bad text in each item", (size) => times(size, (i) => `bad ${i}`));
    return;
  }
  const good = (i: number): JsonObject => {
    const value = goodValue(item, name, i);
    return isObject(value) ? value : {};
  };
  yield shape("an unknown field in each item", (size) => times(size, (i) => ({ ...good(i), [`u${i}`]: 1 })));
  for (const [field, inner] of Object.entries(item.fields)) {
    yield shape(`no ${field} in each item`, (size) => times(size, (i) => without(good(i), field)));
    yield shape(`a bad ${field} in each item`, (size) =>
      times(size, (i) => ({ ...good(i), [field]: badValue(inner, i) })),
    );
    yield shape(`the same ${field} in each item`, (size) =>
      times(size, (i) => ({ ...good(i), [field]: goodValue(inner, field, 0) })),
    );
  }
}

function without(object: object, name: string): object {
  return Object.fromEntries(Object.entries(object).filter(([key]) => key !== name));
}

function badValue(node: SchemaNode, i: number): unknown {
  return node.type === "text" || node.type === "intOrString" ? `Bad one ${i}` : "x";
}

function times<T>(count: number, item: (i: number) => T): readonly T[] {
  return Array.from({ length: count }, (_, i) => item(i));
}

function entries(count: number, value: (i: number) => unknown): object {
  return Object.fromEntries(times(count, (i) => [`example.com/key-${i}`, value(i)]));
}

function nested(depth: number): unknown {
  let value: unknown = {};
  for (let i = 0; i < depth; i++) value = { "f:a": value };
  return value;
}
