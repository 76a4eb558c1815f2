import { escapePointer, isObject, type JsonObject, setOwnProperty } from "#src/field/index.ts";

/** What a value has against a schema, as ajv says it. */
export interface SchemaError {
  readonly keyword: string;
  readonly instancePath: string;
  readonly params: JsonObject;
  readonly schema: unknown;
  readonly parentSchema: JsonObject;
  readonly data: unknown;
}

/** Whether a text has a format, by its name. */
export type Formats = Readonly<Record<string, (text: string) => boolean>>;

/**
 * Checks a value against a schema and fills in the defaults: with the errors of ajv (`allErrors`, `useDefaults`) and in its
 * order, for the keywords that the project's schemas have. The functions that ajv compiles are a hundred times as fast and, for
 * all schemas of policies, twenty times as long; a page has to load them. A test compares both.
 */
export function schemaErrors(value: unknown, schema: JsonObject, formats: Formats): readonly SchemaError[] {
  const check = new Check(formats);
  check.value(value, schema, "");
  return check.errors;
}

type Test = (data: unknown) => boolean;

const isNumber: Test = (data) => typeof data === "number" && Number.isFinite(data);

const TYPES: Readonly<Record<string, Test>> = {
  object: isObject,
  array: Array.isArray,
  string: (data) => typeof data === "string",
  integer: (data) => Number.isInteger(data),
  number: isNumber,
  boolean: (data) => typeof data === "boolean",
  null: (data) => data === null,
};

/** The keywords that look at values of one type only. ajv reports a wrong type where it would look at the first of them. */
const KEYWORDS: Readonly<Record<string, readonly string[]>> = {
  string: ["maxLength", "minLength", "format"],
  array: ["maxItems", "minItems", "items"],
  object: ["minProperties", "required", "additionalProperties", "properties"],
};

class Check {
  readonly errors: SchemaError[] = [];
  readonly #formats: Formats;

  constructor(formats: Formats) {
    this.#formats = formats;
  }

  value(data: unknown, schema: JsonObject, path: string): void {
    const fail = (keyword: string, params: JsonObject): void => {
      this.errors.push({ keyword, instancePath: path, params, schema: schema[keyword], parentSchema: schema, data });
    };
    const { type } = schema;
    const types = Array.isArray(type) ? type : type === undefined ? [] : [type];
    const isOfType = types.length === 0 || types.some((one) => TYPES[String(one)]?.(data) === true);
    const isLater = types.length === 1 && KEYWORDS[String(type)]?.some((keyword) => Object.hasOwn(schema, keyword));
    if (!isOfType && isLater !== true) fail("type", { type });
    const values = schema["enum"];
    if (Array.isArray(values) && !values.includes(data)) fail("enum", { allowedValues: values });
    if (isObject(schema["if"])) this.#choose(data, schema, schema["if"], path);
    if (!isOfType && isLater === true) fail("type", { type });
    if (typeof data === "number" && isNumber(data)) inBounds(data, schema, fail);
    else if (typeof data === "string") this.#text(data, schema, fail);
    else if (Array.isArray(data)) this.#list(data, schema, path, fail);
    else if (isObject(data)) this.#object(data, schema, path, fail);
  }

  #choose(data: unknown, schema: JsonObject, condition: JsonObject, path: string): void {
    const holds = schemaErrors(data, condition, this.#formats).length === 0;
    const branch = schema[holds ? "then" : "else"];
    if (isObject(branch)) this.value(data, branch, path);
  }

  #text(data: string, schema: JsonObject, fail: Fail): void {
    const length = Array.from(data).length;
    if (exceeds(length, schema["maxLength"])) fail("maxLength", { limit: schema["maxLength"] });
    if (exceeds(schema["minLength"], length)) fail("minLength", { limit: schema["minLength"] });
    const { format } = schema;
    if (typeof format === "string" && this.#formats[format]?.(data) === false) fail("format", { format });
  }

  #list(data: readonly unknown[], schema: JsonObject, path: string, fail: Fail): void {
    if (exceeds(data.length, schema["maxItems"])) fail("maxItems", { limit: schema["maxItems"] });
    if (exceeds(schema["minItems"], data.length)) fail("minItems", { limit: schema["minItems"] });
    const { items } = schema;
    if (!isObject(items)) return;
    for (const [index, item] of data.entries()) this.value(item, items, `${path}/${index}`);
  }

  #object(data: JsonObject, schema: JsonObject, path: string, fail: Fail): void {
    const properties = isObject(schema["properties"]) ? schema["properties"] : {};
    for (const [name, property] of Object.entries(properties)) {
      if (data[name] === undefined && isObject(property) && property["default"] !== undefined)
        setOwnProperty(data, name, structuredClone(property["default"]));
    }
    const { required, additionalProperties } = schema;
    if (exceeds(schema["minProperties"], Object.keys(data).length))
      fail("minProperties", { limit: schema["minProperties"] });
    for (const name of Array.isArray(required) ? required.map(String) : []) {
      if (data[name] === undefined) fail("required", { missingProperty: name });
    }
    for (const name of Object.keys(data)) {
      if (Object.hasOwn(properties, name)) continue;
      if (additionalProperties === false) fail("additionalProperties", { additionalProperty: name });
      else if (isObject(additionalProperties))
        this.value(data[name], additionalProperties, `${path}/${escapePointer(name)}`);
    }
    for (const [name, property] of Object.entries(properties)) {
      if (data[name] !== undefined && isObject(property))
        this.value(data[name], property, `${path}/${escapePointer(name)}`);
    }
  }
}

type Fail = (keyword: string, params: JsonObject) => void;

function inBounds(data: number, schema: JsonObject, fail: Fail): void {
  if (exceeds(data, schema["maximum"])) fail("maximum", { comparison: "<=", limit: schema["maximum"] });
  if (exceeds(schema["minimum"], data)) fail("minimum", { comparison: ">=", limit: schema["minimum"] });
}

function exceeds(value: unknown, limit: unknown): boolean {
  return typeof value === "number" && typeof limit === "number" && value > limit;
}
