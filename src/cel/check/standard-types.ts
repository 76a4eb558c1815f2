import {
  BOOL,
  BYTES,
  DOUBLE,
  DURATION,
  INT,
  listType,
  mapType,
  NULL,
  opaqueType,
  OPTIONAL_NAME,
  STRING,
  TIMESTAMP,
  type Type,
  typeParameter,
  typeType,
  UINT,
} from "../types/index.ts";

const A = typeParameter("A");
const B = typeParameter("B");

const TYPES: readonly Type[] = [BOOL, BYTES, DOUBLE, DURATION, INT, NULL, STRING, TIMESTAMP, typeType(), UINT];

/**
 * The names of the types of the language, as variables of a scope: `int` is a `type(int)` (cel-go: `common/stdlib`).
 * `duration` and `timestamp` are names of types in Kubernetes too, but have no value: an expression that says `x == duration` is
 * refused when it is planned (apiserver: `pkg/cel/types.go`, `findScalar`).
 */
export const STANDARD_TYPES: ReadonlyMap<string, Type> = new Map([
  ...TYPES.map((type) => [type.name, typeType(type)] as const),
  ["list", typeType(listType(A))],
  ["map", typeType(mapType(A, B))],
  ["duration", typeType(DURATION)],
  ["timestamp", typeType(TIMESTAMP)],
]);

/** The name of the type of optional values, of a scope that has these (cel-go: `cel/library.go`). */
export const OPTIONAL_TYPES: ReadonlyMap<string, Type> = new Map([
  [OPTIONAL_NAME, typeType(opaqueType(OPTIONAL_NAME))],
]);
