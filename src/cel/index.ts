/** The Common Expression Language, as the API server of Kubernetes evaluates it. Pure: no I/O, no clock. */
export { type Ast, type Expression, type Issue, partsOf, variablesOf } from "./ast/index.ts";
export {
  ADMISSION_TYPES,
  ADMISSION_VARIABLES,
  type Compilation,
  compile,
  type Compiled,
  type Declarations,
  type Environment,
  environmentFor,
  type ObjectTypes,
  type Uncompiled,
} from "./environment/index.ts";
export type { Meter, Program, Variables } from "./run/index.ts";
export {
  BOOL,
  DOUBLE,
  DYN,
  INT,
  listType,
  mapType,
  NULL,
  objectType,
  STRING,
  type Type,
  typeText,
} from "./types/index.ts";
export {
  CelError,
  fromJson,
  JsonList,
  JsonMap,
  LazyMap,
  List,
  MapValue,
  type Result,
  StructValue,
  toJson,
  type Value,
} from "./values/index.ts";
