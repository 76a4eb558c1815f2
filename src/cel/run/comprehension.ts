import { CelError, GrowingList, GrowingMap, List, MapValue, type Result, type Value } from "../values/index.ts";
import type { Frame, Run } from "./frame.ts";
import { goTypeName } from "./go-types.ts";

/** A loop, planned: the variables stand in slots of the frame. */
export interface Loop {
  readonly range: Run;
  readonly variable: number;
  readonly secondVariable: number | undefined;
  readonly accumulator: number;
  readonly condition: Run;
  readonly step: Run;
  readonly result: Run;
}

/** Evaluates a comprehension. Source: `evalFold` and `folder` of cel-go. */
export function looping(loop: Loop): Run {
  const { range, accumulator, secondVariable, result } = loop;
  const iterate = secondVariable === undefined ? eachOf : eachPairOf(secondVariable);
  return (frame) => {
    const over = range(frame);
    if (over instanceof CelError) return over;
    frame.slots[accumulator] = undefined;
    const problem = iterate(frame, loop, over);
    return problem ?? finished(result(frame));
  };
}

/** The value of an accumulator: what the loop begins with is evaluated when it is first asked for. */
export function accumulatorOf(slot: number, initial: Run): Run {
  return (frame) => {
    const known = frame.slots[slot];
    if (known !== undefined) return known;
    const value = growing(initial(frame));
    frame.slots[slot] = value;
    return value;
  };
}

/** What begins empty grows in place: only the accumulator holds it. */
function growing(initial: Result): Result {
  if (initial instanceof List && initial.size === 0) return new GrowingList();
  return initial instanceof MapValue && initial.size === 0 ? new GrowingMap() : initial;
}

function finished(result: Result): Result {
  return result instanceof GrowingList ? result.finished() : result;
}

/** Iterates with one variable: the elements of a list, the keys of a map. Returns an error if neither. */
function eachOf(frame: Frame, loop: Loop, over: Value): CelError | undefined {
  if (over instanceof List) {
    const { size } = over;
    for (let index = 0; index < size; index++) {
      frame.slots[loop.variable] = over.at(index);
      if (!goesOn(frame, loop)) return undefined;
    }
    return undefined;
  }
  if (!(over instanceof MapValue)) return new CelError(`got '${goTypeName(over)}', expected iterable type`);
  for (const key of over.keys()) {
    frame.slots[loop.variable] = key;
    if (!goesOn(frame, loop)) return undefined;
  }
  return undefined;
}

/** Iterates with two variables: indices and elements of a list, keys and values of a map. */
function eachPairOf(second: number): (frame: Frame, loop: Loop, over: Value) => CelError | undefined {
  return (frame, loop, over) => {
    if (over instanceof List) {
      const { size } = over;
      for (let index = 0; index < size; index++) {
        frame.slots[loop.variable] = BigInt(index);
        frame.slots[second] = over.at(index);
        if (!goesOn(frame, loop)) return undefined;
      }
      return undefined;
    }
    if (!(over instanceof MapValue)) return new CelError(`unsupported comprehension range type: ${goTypeName(over)}`);
    for (const key of over.keys()) {
      frame.slots[loop.variable] = key;
      frame.slots[second] = over.get(key) ?? null;
      if (!goesOn(frame, loop)) return undefined;
    }
    return undefined;
  };
}

/** One turn of the loop; false if its condition ends it. A condition that is an error does not. */
function goesOn(frame: Frame, { condition, step, accumulator }: Loop): boolean {
  if (condition(frame) === false) return false;
  frame.slots[accumulator] = step(frame);
  frame.turn();
  return true;
}
