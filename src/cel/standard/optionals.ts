import type { FunctionDeclaration } from "../functions/index.ts";
import { BOOL, DYN, INT, listType, mapType, optionalType, STRING, typeParameter } from "../types/index.ts";
import {
  ArrayList,
  Bytes,
  CelError,
  Duration,
  List,
  MapValue,
  NONE,
  Optional,
  type Result,
  StructValue,
  Timestamp,
  Uint,
  type Value,
  valueText,
} from "../values/index.ts";
import { method, NO_SUCH_OVERLOAD, overload, total } from "./declare.ts";

const K = typeParameter("K");
const V = typeParameter("V");
const OPTIONAL = optionalType(V);
const LIST = listType(V);
const MAP = mapType(K, V);
const OPTIONALS_LIST = listType(OPTIONAL);

const NO_VALUE = new CelError("optional.none() dereference");
/** The first moment that Go knows: its zero. */
const ZERO_SECONDS = -62_135_596_800;

/** Whether a value is the zero of its type. Source: the methods `IsZeroValue` of the types of cel-go. */
function isZero(value: Value): boolean {
  if (typeof value !== "object") return value === "" || value === 0n || value === 0 || value === false;
  if (value === null) return true;
  if (value instanceof List || value instanceof MapValue) return value.size === 0;
  if (value instanceof Bytes) return value.bytes.length === 0;
  if (value instanceof Uint) return value.value === 0n;
  if (value instanceof Duration) return value.nanoseconds === 0n;
  if (value instanceof StructValue) return value.fields.size === 0;
  return value instanceof Timestamp && value.seconds === ZERO_SECONDS && value.nanoseconds === 0;
}

function valueOf(optional: Value): Result {
  return optional instanceof Optional ? (optional.value ?? noValue(optional)) : NO_SUCH_OVERLOAD;
}

/** The value null is a value, too. */
function noValue({ value }: Optional): Result {
  return value === undefined ? NO_VALUE : value;
}

function element(list: Value, position: "first" | "last"): Result {
  if (!(list instanceof List)) return NO_SUCH_OVERLOAD;
  return list.size === 0 ? NONE : new Optional(list.at(position === "first" ? 0 : list.size - 1));
}

/** The values of those that have one. */
function unwrap(list: Value): Result {
  if (!(list instanceof List)) return NO_SUCH_OVERLOAD;
  const values: Value[] = [];
  for (let index = 0; index < list.size; index++) {
    const optional = list.at(index);
    if (!(optional instanceof Optional)) return new CelError(`value ${valueText(optional)} is not optional`);
    if (optional.value !== undefined) values.push(optional.value);
  }
  return new ArrayList(values);
}

/** What the planner evaluates itself. */
const planned = (): Result => NO_SUCH_OVERLOAD;

/**
 * What works on optional values; the overloads of `_[_]` belong to the operator of the standard. Source: `optionalLib` in `library.go`
 * of cel-go, at its latest version.
 */
export const OPTIONALS: readonly FunctionDeclaration[] = [
  { name: "optional.of", overloads: [overload(["optional_of", [V], OPTIONAL], (value) => new Optional(value))] },
  {
    name: "optional.ofNonZeroValue",
    overloads: [
      overload(["optional_ofNonZeroValue", [V], OPTIONAL], (value) => (isZero(value) ? NONE : new Optional(value))),
    ],
  },
  { name: "optional.none", overloads: [overload(["optional_none", [], OPTIONAL], () => NONE)] },
  { name: "value", overloads: [method(["optional_value", [OPTIONAL], V], valueOf)] },
  {
    name: "hasValue",
    overloads: [
      method(["optional_hasValue", [OPTIONAL], BOOL], (optional) =>
        optional instanceof Optional ? optional.value !== undefined : NO_SUCH_OVERLOAD,
      ),
    ],
  },
  { name: "or", overloads: [method(["optional_or_optional", [OPTIONAL, OPTIONAL], OPTIONAL], planned)] },
  { name: "orValue", overloads: [method(["optional_orValue_value", [OPTIONAL, V], V], planned)] },
  total("_?._", [["select_optional_field", [DYN, STRING], OPTIONAL]], planned),
  total(
    "_[?_]",
    [
      ["list_optindex_optional_int", [LIST, INT], OPTIONAL],
      ["optional_list_optindex_optional_int", [optionalType(LIST), INT], OPTIONAL],
      ["map_optindex_optional_value", [MAP, K], OPTIONAL],
      ["optional_map_optindex_optional_value", [optionalType(MAP), K], OPTIONAL],
    ],
    planned,
  ),
  total(
    "_[_]",
    [
      ["optional_list_index_int", [optionalType(LIST), INT], OPTIONAL],
      ["optional_map_index_value", [optionalType(MAP), K], OPTIONAL],
    ],
    planned,
  ),
  { name: "last", overloads: [method(["list_last", [LIST], OPTIONAL], (list) => element(list, "last"))] },
  { name: "first", overloads: [method(["list_first", [LIST], OPTIONAL], (list) => element(list, "first"))] },
  { name: "optional.unwrap", overloads: [overload(["optional_unwrap", [OPTIONALS_LIST], LIST], unwrap)] },
  { name: "unwrapOpt", overloads: [method(["optional_unwrapOpt", [OPTIONALS_LIST], LIST], unwrap)] },
];
