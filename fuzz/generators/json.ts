import { isObject, type JsonObject } from "#src/field/json.ts";
import type { Draws } from "../draws.ts";
import { ANY, MAP_KEYS, ODD_KEYS, valuesOf } from "./values.ts";

/** Sets an own property, even for a key such as `__proto__`. */
export function put(object: JsonObject, key: string, value: unknown): void {
  if (key === "__proto__") {
    Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
  } else object[key] = value;
}

/** A copy of a JSON value, so that changes do not affect the tables. */
export function copy(value: unknown): unknown {
  return typeof value === "object" && value !== null ? JSON.parse(JSON.stringify(value)) : value;
}

/** Changes a JSON value in a few places, in place: parts are removed, duplicated, moved, renamed, or get another type. */
export function mutate(draws: Draws, root: unknown, times: number): void {
  for (let i = 0; i < times; i++) {
    const place = somePlace(draws, root);
    if (place !== undefined) mutateAt(draws, place.holder, place.key);
  }
}

interface Place {
  readonly holder: JsonObject | unknown[];
  readonly key: string | number;
}

/** A random place in the value; deep ones are as likely as those near the root. */
function somePlace(draws: Draws, root: unknown): Place | undefined {
  let at: unknown = root;
  let place: Place | undefined;
  for (let depth = 0; depth < 8; depth++) {
    const below = stepInto(draws, at);
    if (below === undefined) break;
    place = below;
    at = Array.isArray(below.holder) ? below.holder[Number(below.key)] : below.holder[String(below.key)];
    if (draws.oneIn(6)) break;
  }
  return place;
}

function stepInto(draws: Draws, at: unknown): Place | undefined {
  if (Array.isArray(at)) return at.length === 0 ? undefined : { holder: at, key: draws.below(at.length) };
  if (!isObject(at)) return undefined;
  const keys = Object.keys(at);
  return keys.length === 0 ? undefined : { holder: at, key: draws.pick(keys) };
}

function mutateAt(draws: Draws, holder: JsonObject | unknown[], key: string | number): void {
  if (Array.isArray(holder)) mutateItem(draws, holder, Number(key));
  else mutateField(draws, holder, String(key));
}

function mutateItem(draws: Draws, list: unknown[], index: number): void {
  switch (draws.below(5)) {
    case 0:
      list.splice(index, 1);
      return;
    case 1:
      list.push(copy(list[index]));
      return;
    case 2:
      list.reverse();
      return;
    default:
      list[index] = copy(draws.pick(ANY));
  }
}

function mutateField(draws: Draws, object: JsonObject, key: string): void {
  switch (draws.below(9)) {
    case 0:
      Reflect.deleteProperty(object, key);
      return;
    case 1:
      put(object, draws.pick(ODD_KEYS), copy(object[key]));
      return;
    case 2:
      put(object, typo(draws, key), object[key]);
      Reflect.deleteProperty(object, key);
      return;
    case 3:
      put(object, draws.pick(MAP_KEYS), copy(draws.pick(ANY)));
      return;
    case 4:
    case 5:
      put(object, key, copy(draws.pick(ANY)));
      return;
    case 6:
      put(object, key, [object[key]]);
      return;
    default:
      put(object, key, copy(draws.pick(valuesOf(key) ?? ANY)));
  }
}

/** A typical misspelling of a key. */
export function typo(draws: Draws, key: string): string {
  switch (draws.below(5)) {
    case 0:
      return key.toLowerCase();
    case 1:
      return key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    case 2:
      return key.slice(1);
    case 3:
      return `${key}s`;
    default:
      return key.charAt(0).toUpperCase() + key.slice(1);
  }
}

/** Enlarges one part of the value: a long list, a large map, a long text, or deep nesting. */
export function amplify(draws: Draws, root: unknown, most: number): void {
  const place = somePlace(draws, root);
  if (place === undefined) return;
  const { holder, key } = place;
  const times = draws.scaled(100, most);
  const grown = grow(draws, Array.isArray(holder) ? holder[Number(key)] : holder[String(key)], times);
  if (Array.isArray(holder)) holder[Number(key)] = grown;
  else put(holder, String(key), grown);
}

/** The maximum depth: deeper values exhaust the stack of the JSON parser. */
const DEEPEST = 300;
/** Below the size limit of an API server. */
const MOST_BYTES = 1_000_000;

function grow(draws: Draws, value: unknown, wanted: number): unknown {
  const times = Math.min(wanted, Math.ceil(MOST_BYTES / JSON.stringify([value]).length));
  if (Array.isArray(value))
    return Array.from({ length: times }, (_, index) => numbered(value[index % value.length], index, draws));
  if (isObject(value)) {
    const [key = "exempt.fairlead.dev/x"] = Object.keys(value).slice(-1);
    for (let index = 0; index < times; index++) put(value, `${key}${index}`, copy(value[key]) ?? "x");
    return value;
  }
  if (typeof value === "string" && !draws.oneIn(4)) return (value === "" ? "a" : value).repeat(times);
  let nested: unknown = value;
  for (let index = 0; index < Math.min(times, DEEPEST); index++) nested = index % 2 === 0 ? { a: nested } : [nested];
  return nested;
}

/** A copy of the item, sometimes with another number or name, so that not all are equal. */
function numbered(item: unknown, index: number, draws: Draws): unknown {
  if (typeof item === "string") return draws.oneIn(2) ? item : `${item}${index}`;
  if (!isObject(item)) return item ?? index;
  const again: JsonObject = { ...item };
  if (typeof again["port"] === "number") again["port"] = (index % 65_535) + 1;
  if (typeof again["nodePort"] === "number") again["nodePort"] = 30_000 + (index % 2768);
  if (typeof again["name"] === "string") again["name"] = `p${index}`;
  return again;
}
