/** The subset of JSON schema in which the policy format is described. */
export interface JsonSchema {
  readonly type?: "object" | "array" | "string" | "integer" | "boolean";
  readonly description?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | JsonSchema;
  readonly minProperties?: number;
  readonly items?: JsonSchema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly enum?: readonly string[];
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly default?: unknown;
}

/** A JSON schema and the TypeScript type of the values that satisfy it, written once. */
export interface Shape<T> {
  readonly schema: JsonSchema;
  /** Never set; carries the type parameter. */
  readonly holds?: T;
}

/** The shape of a field that may be absent. */
export interface OptionalShape<T> extends Shape<T> {
  readonly optional: true;
}

/** The type of the values that satisfy a shape. */
export type ValueOf<S> = S extends Shape<infer T> ? T : never;

type Fields = Readonly<Record<string, Shape<unknown>>>;
type OptionalKeys<F> = { [K in keyof F]: F[K] extends { optional: true } ? K : never }[keyof F];
/** The type of an object with these fields. */
export type ObjectOf<F extends Fields> = { readonly [K in Exclude<keyof F, OptionalKeys<F>>]: ValueOf<F[K]> } & {
  readonly [K in OptionalKeys<F>]?: ValueOf<F[K]>;
};

type StringLimits = Pick<JsonSchema, "format" | "minLength" | "maxLength">;
type Bounds = Pick<JsonSchema, "minimum" | "maximum">;
type Length = Pick<JsonSchema, "minItems">;

/** Limits on strings (in characters) and lists: beyond what is written by hand, so that longer values are refused early. */
const MAX_TEXT_LENGTH = 1024;
const MAX_ITEMS = 1000;

/** A string; `format` is one of `FORMATS`. */
export function text(description: string, limits: StringLimits = {}): Shape<string> {
  return { schema: { type: "string", description, maxLength: MAX_TEXT_LENGTH, ...limits } };
}

/** One of these strings. */
export function oneOf<const V extends string>(description: string, values: readonly V[]): Shape<V> {
  return { schema: { type: "string", description, enum: values } };
}

/** An integer. */
export function integer(description: string, bounds: Bounds = {}): Shape<number> {
  return { schema: { type: "integer", description, ...bounds } };
}

/** A boolean. */
export function flag(description: string): Shape<boolean> {
  return { schema: { type: "boolean", description } };
}

/** A list. */
export function listOf<T>(description: string, item: Shape<T>, length: Length = {}): Shape<readonly T[]> {
  return { schema: { type: "array", description, items: item.schema, maxItems: MAX_ITEMS, ...length } };
}

/** A map from strings to values of one shape. */
export function mapOf<T>(description: string, value: Shape<T>): Shape<Readonly<Record<string, T>>> {
  return { schema: { type: "object", description, additionalProperties: value.schema } };
}

/** An object with no other fields than these; fields that are not optional and have no default are required. */
export function object<F extends Fields>(description: string, fields: F): Shape<ObjectOf<F>> {
  const entries = Object.entries(fields);
  const required = entries.filter(([, shape]) => !("optional" in shape) && shape.schema.default === undefined);
  return {
    schema: {
      type: "object",
      description,
      properties: Object.fromEntries(entries.map(([name, shape]) => [name, shape.schema])),
      ...(required.length > 0 && { required: required.map(([name]) => name) }),
      additionalProperties: false,
    },
  };
}

/** An object with any fields. */
export function anyObject(description: string): Shape<Readonly<Record<string, unknown>>> {
  return { schema: { type: "object", description, additionalProperties: true } };
}

/** The shape as an optional field. */
export function optional<T>(shape: Shape<T>): OptionalShape<T> {
  return { ...shape, optional: true };
}

/** The shape as a field with a default. */
export function withDefault<T>(shape: Shape<T>, value: T): Shape<T> {
  return { schema: { ...shape.schema, default: value } };
}
