/** The kinds of types of CEL. `object` is a type with declared fields, `opaque` one that only functions can look into. */
export type Kind =
  | "bool"
  | "int"
  | "uint"
  | "double"
  | "string"
  | "bytes"
  | "null"
  | "duration"
  | "timestamp"
  | "list"
  | "map"
  | "type"
  | "object"
  | "opaque"
  | "dyn"
  | "error"
  | "parameter";

/**
 * A type. `list`, `map`, `type` and `opaque` have parameters: `list(int)` has the parameter `int`. The name is the one that
 * expressions and messages use: `int`, `null_type`, `google.protobuf.Timestamp`, `net.IP`, `optional_type`, `T`.
 */
export interface Type {
  readonly kind: Kind;
  readonly name: string;
  readonly parameters: readonly Type[];
}

const NONE: readonly Type[] = [];

function simple(kind: Kind, name: string = kind): Type {
  return { kind, name, parameters: NONE };
}

export const BOOL = simple("bool");
export const INT = simple("int");
export const UINT = simple("uint");
export const DOUBLE = simple("double");
export const STRING = simple("string");
export const BYTES = simple("bytes");
export const NULL = simple("null", "null_type");
export const DURATION = simple("duration", "google.protobuf.Duration");
export const TIMESTAMP = simple("timestamp", "google.protobuf.Timestamp");
export const DYN = simple("dyn");
/** The type of an expression with an error that has been reported: it fits everywhere, so that one mistake is told once. */
export const ERROR = simple("error", "!error!");

/** `list(item)` */
export function listType(item: Type): Type {
  return { kind: "list", name: "list", parameters: [item] };
}

/** `map(key, value)` */
export function mapType(key: Type, value: Type): Type {
  return { kind: "map", name: "map", parameters: [key, value] };
}

/** `type(of)`: the type of a type. */
export function typeType(of?: Type): Type {
  return { kind: "type", name: "type", parameters: of === undefined ? NONE : [of] };
}

/** A type whose values only functions can look into, such as `net.IP` or `optional_type(T)`. */
export function opaqueType(name: string, parameters: readonly Type[] = NONE): Type {
  return { kind: "opaque", name, parameters };
}

export const OPTIONAL_NAME = "optional_type";

/** `optional_type(of)` */
export function optionalType(of: Type): Type {
  return opaqueType(OPTIONAL_NAME, [of]);
}

/** A type with declared fields; the {@link TypeProvider} knows them by its name. */
export function objectType(name: string): Type {
  return simple("object", name);
}

/** A parameter of a generic function, such as `T`: any type, the same one wherever the name occurs in a signature. */
export function typeParameter(name: string): Type {
  return simple("parameter", name);
}

/** The types of the fields of a type by name. They need not be a finite number: `Object` of a mutation has any field. */
export type Fields = Pick<ReadonlyMap<string, Type>, "get" | "keys">;

/** Knows the fields of the types of kind `object`. */
export interface TypeProvider {
  /** The fields of a type by name; undefined for a type that is not known. */
  readonly fieldsOf: (type: string) => Fields | undefined;
}

/** The type as messages write it: `map(string, list(int))`. */
export function typeText({ name, parameters }: Type): string {
  return parameters.length === 0 ? name : `${name}(${parameters.map(typeText).join(", ")})`;
}
