import type { FunctionDeclaration } from "../functions/index.ts";
import { NO_SUCH_OVERLOAD, overload } from "../standard/index.ts";
import { BOOL, listType, typeParameter } from "../types/index.ts";
import { List, type Result, type Value } from "../values/index.ts";
import { costSize, declared } from "./declare.ts";
import { isTooMuch, Membership, TOO_MANY_COMPARISONS } from "./membership.ts";

const LIST = listType(typeParameter("T"));

/** Whether every element of a list is in another one. */
function contains(list: List, part: List): boolean {
  const known = new Membership(list);
  for (let index = 0; index < part.size; index++) if (!known.has(part.at(index))) return false;
  return true;
}

function intersects(one: List, other: List): boolean {
  const known = new Membership(other);
  for (let index = 0; index < one.size; index++) if (known.has(one.at(index))) return true;
  return false;
}

function set(name: string, holds: (one: List, other: List) => boolean, factor: 1 | 2): FunctionDeclaration {
  const call = (one: Value, other: Value): Result => {
    if (!(one instanceof List && other instanceof List)) return NO_SUCH_OVERLOAD;
    return isTooMuch(one.size, other.size) ? TOO_MANY_COMPARISONS : holds(one, other);
  };
  const cost = ([one, other]: readonly Value[]): number => 1 + costSize(one) * costSize(other) * factor;
  return declared(`sets.${name}`, [{ ...overload([`list_sets_${name}_list`, [LIST, LIST], BOOL], call), cost }]);
}

/** The functions that take lists as sets. Source: `sets.go` in `ext` of cel-go. */
export const SETS: readonly FunctionDeclaration[] = [
  set("contains", contains, 1),
  set("equivalent", (one, other) => contains(one, other) && contains(other, one), 2),
  set("intersects", intersects, 1),
];
