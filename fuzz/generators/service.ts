import { isObject, type JsonObject } from "#src/field/json.ts";
import { type SchemaNode, SERVICE_SCHEMA } from "#src/service/schema/schema.ts";
import type { Draws } from "../draws.ts";
import { copy, mutate, put } from "./json.ts";
import { enlarge } from "./large.ts";
import { SERVICE_SEEDS } from "./seeds.ts";
import { ANY, MAP_KEYS, MAP_VALUES, valuesOf } from "./values.ts";

/** One in this many Services has a large part. */
const LARGE = 3000;

/** A Service: a recorded one with changes, or one generated from the schema; some are valid. */
export function drawService(draws: Draws): JsonObject {
  const service = draws.oneIn(2) ? seed(draws) : fromSchema(draws);
  if (draws.oneIn(2)) mutate(draws, service, draws.between(1, 4));
  if (draws.oneIn(LARGE)) enlarge(draws, service);
  return service;
}

function seed(draws: Draws): JsonObject {
  const parsed: unknown = JSON.parse(draws.pick(SERVICE_SEEDS));
  return isObject(parsed) ? parsed : {};
}

/** Fields that are present once in this many Services; other fields are present now and then. */
const OFTEN: ReadonlyMap<string, number> = new Map(
  Object.entries({ metadata: 1, spec: 1, kind: 1, apiVersion: 1, name: 1, ports: 1, port: 1, type: 2 }),
);

function fromSchema(draws: Draws): JsonObject {
  const value = drawNode(draws, SERVICE_SCHEMA, "");
  return isObject(value) ? value : {};
}

function drawNode(draws: Draws, node: SchemaNode, name: string): unknown {
  if (draws.oneIn(40)) return copy(draws.pick(ANY));
  switch (node.type) {
    case "object":
      return drawObject(draws, node.fields);
    case "list":
      return Array.from({ length: draws.between(0, 3) }, () => drawNode(draws, node.items, name));
    case "map":
      return drawMap(draws);
    default:
      return drawScalar(draws, node, name);
  }
}

function drawObject(draws: Draws, fields: Readonly<Record<string, SchemaNode>>): JsonObject {
  const object: JsonObject = {};
  for (const [name, field] of Object.entries(fields)) {
    if (draws.oneIn(OFTEN.get(name) ?? 5)) put(object, name, drawNode(draws, field, name));
  }
  if (draws.oneIn(50)) put(object, draws.pick(MAP_KEYS), copy(draws.pick(ANY)));
  return object;
}

function drawMap(draws: Draws): JsonObject {
  const map: JsonObject = {};
  for (let count = draws.between(0, 3); count > 0; count--) put(map, draws.pick(MAP_KEYS), draws.pick(MAP_VALUES));
  return map;
}

function drawScalar(draws: Draws, node: SchemaNode, name: string): unknown {
  const values = valuesOf(name);
  // The first values of a table are the valid ones.
  if (values !== undefined)
    return copy(draws.oneIn(2) ? values[draws.below(Math.min(3, values.length))] : draws.pick(values));
  if (node.type === "boolean") return draws.oneIn(2);
  if (node.type === "int32" || node.type === "int64") return draws.between(-1, 100);
  return copy(draws.pick(ANY));
}
