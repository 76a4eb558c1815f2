import { spend } from "../effort/index.ts";
import { isObject, type JsonObject, NumberText } from "../../field/index.ts";
import { DYN, listType, mapType, type Type } from "../types/index.ts";
import { isInt } from "./numbers.ts";
import { CelError, List, MapValue, type Result, type Value } from "./value.ts";

const LIST = listType(DYN);
const MAP = mapType(DYN, DYN);

/**
 * A JSON value as a value of CEL, as the API server decodes JSON: whole numbers that are written without a point and fit are ints,
 * all others doubles. Lists and objects are not copied; a member that is undefined is not there.
 */
export function fromJson(json: unknown): Value {
  switch (typeof json) {
    case "string":
    case "boolean":
    case "bigint":
      return json;
    case "number":
      return Number.isSafeInteger(json) ? BigInt(json) : json;
    default:
      if (Array.isArray(json)) return new JsonList(json);
      if (isObject(json)) return new JsonMap(json);
      return json instanceof NumberText ? fromNumberText(json.text) : null;
  }
}

function fromNumberText(text: string): Value {
  const int = /^-?\d{1,19}$/.test(text) ? BigInt(text) : undefined;
  return int !== undefined && isInt(int) ? int : Number(text);
}

/** A list of JSON. */
export class JsonList extends List {
  readonly type: Type = LIST;
  readonly json: readonly unknown[];

  constructor(json: readonly unknown[]) {
    super();
    this.json = json;
  }

  get size(): number {
    return this.json.length;
  }

  at(index: number): Value {
    return fromJson(this.json[index]);
  }
}

/** An object of JSON. */
export class JsonMap extends MapValue {
  readonly type: Type = MAP;
  readonly json: JsonObject;
  private known: readonly string[] | undefined;

  constructor(json: JsonObject) {
    super();
    this.json = json;
  }

  get size(): number {
    return this.names().length;
  }

  /** A member that is an error stands for a value that cannot be had, and is the result of whatever needs it. */
  get(key: Value): Result | undefined {
    if (typeof key !== "string" || !Object.hasOwn(this.json, key)) return undefined;
    const member = this.json[key];
    if (member === undefined || member instanceof CelError) return member;
    return fromJson(member);
  }

  keys(): Iterable<Value> {
    return this.names();
  }

  private names(): readonly string[] {
    if (this.known === undefined) {
      this.known = Object.keys(this.json).filter((name) => this.json[name] !== undefined);
      spend(this.known.length);
    }
    return this.known;
  }
}
