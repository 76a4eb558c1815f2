import type { Run } from "./frame.ts";
import { CelError, Optional, type Result } from "../values/index.ts";

const NO_SUCH_OVERLOAD = new CelError("no such overload");

function problemOf(result: Result): CelError {
  return result instanceof CelError ? result : NO_SUCH_OVERLOAD;
}

/** `&&`, where `decisive` is false, and `||`, where it is true: the decisive value absorbs an error on the other side. */
export function connective(left: Run, right: Run, decisive: boolean): Run {
  return (frame) => {
    const first = left(frame);
    if (first === decisive) return decisive;
    const second = right(frame);
    if (second === decisive) return decisive;
    if (typeof first !== "boolean") return problemOf(first);
    return typeof second === "boolean" ? !decisive : problemOf(second);
  };
}

/** The condition of macros such as `all`: an error does not end the loop, because a later element may decide. */
export function notStrictlyFalse(argument: Run): Run {
  return (frame) => {
    const value = argument(frame);
    frame.charge(1);
    return typeof value === "boolean" ? value : true;
  };
}

/**
 * `optional.or(other)` and `optional.orValue(value)`: the argument is evaluated only if the optional value is empty. Source:
 * `evalOptionalOr` and `evalOptionalOrValue` of cel-go, which cost nothing.
 */
export function alternative(optional: Run, other: Run, isUnwrapped: boolean): Run {
  return (frame) => {
    const first = optional(frame);
    if (!(first instanceof Optional)) return first;
    if (first.value === undefined) return other(frame);
    return isUnwrapped ? first.value : first;
  };
}
