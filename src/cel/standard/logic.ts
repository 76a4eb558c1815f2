import { type FunctionDeclaration, sizeOf } from "../functions/index.ts";
import { BOOL, INT, listType, mapType, typeParameter } from "../types/index.ts";
import { equals, List, MapValue, ObjectValue, type Result, type Value } from "../values/index.ts";
import { shorterCost } from "./comparison.ts";
import { NO_SUCH_OVERLOAD, total } from "./declare.ts";

const A = typeParameter("A");
const B = typeParameter("B");

function equal(left: Value, right: Value): Result {
  const refusal = left instanceof ObjectValue && right !== null ? left.refusal?.(right) : undefined;
  return refusal ?? equals(left, right);
}

function not(value: Value): Result {
  return typeof value === "boolean" ? !value : NO_SUCH_OVERLOAD;
}

/** Whether an element is in a list, or a key in a map. */
function isIn(element: Value, container: Value): Result {
  if (container instanceof MapValue) return container.get(element) !== undefined;
  if (!(container instanceof List)) return NO_SUCH_OVERLOAD;
  const { size } = container;
  for (let index = 0; index < size; index++) if (equals(element, container.at(index))) return true;
  return false;
}

/** What the planner evaluates itself, because not all arguments are evaluated, or they may be errors. */
const planned = (): Result => NO_SUCH_OVERLOAD;

/**
 * The logical operators, equality, membership and indexing. Source: `standard.go` of cel-go. Those that the planner evaluates
 * itself are declared only.
 */
export const LOGIC: readonly FunctionDeclaration[] = [
  total("_?_:_", [["conditional", [BOOL, A, A], A]], planned),
  total("_&&_", [["logical_and", [BOOL, BOOL], BOOL]], planned),
  total("_||_", [["logical_or", [BOOL, BOOL], BOOL]], planned),
  total("!_", [["logical_not", [BOOL], BOOL]], not),
  total("@not_strictly_false", [["not_strictly_false", [BOOL], BOOL]], planned),
  total("_==_", [["equals", [A, A], BOOL]], equal, { equals: shorterCost }),
  total("_!=_", [["not_equals", [A, A], BOOL]], (left, right) => equal(left, right) !== true, {
    not_equals: shorterCost,
  }),
  total(
    "_[_]",
    [
      ["index_list", [listType(A), INT], A],
      ["index_map", [mapType(A, B), A], B],
    ],
    planned,
  ),
  total(
    "@in",
    [
      ["in_list", [A, listType(A)], BOOL],
      ["in_map", [A, mapType(A, B)], BOOL],
    ],
    isIn,
    { in_list: ([, list = null]) => sizeOf(list) },
  ),
];
