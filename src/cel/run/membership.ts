import {
  Bytes,
  CelError,
  doubleToInt,
  doubleToUint,
  isUint,
  type List,
  type Result,
  Uint,
  type Value,
} from "../values/index.ts";
import { Cancelled } from "../effort/index.ts";
import { constant, type Step } from "./step.ts";

/**
 * `element in list` of a list that is constant: a look into a set, which costs nothing. Undefined if the list holds something that
 * cannot be in a set. Source: `maybeOptimizeSetMembership` of cel-go.
 */
export function planMembership(element: Step, list: List): Step | undefined {
  if (list.size === 0) return constant(false);
  const members = new Members();
  for (let index = 0; index < list.size; index++) if (!members.add(list.at(index))) return undefined;
  return {
    run: (frame) => {
      const value = element.run(frame);
      return value instanceof CelError ? value : members.has(value);
    },
  };
}

class Members {
  private readonly values = new Set<Value>();
  private readonly uints = new Set<bigint>();

  /** Adds a value, and the numbers of other types that it is converted to; false if it cannot be in a set. */
  add(value: Value): boolean {
    if (value instanceof Uint) this.addWhole(value.value);
    else if (typeof value === "bigint") this.addWhole(value);
    else if (typeof value === "number") this.addDouble(value);
    else if (typeof value === "string" || typeof value === "boolean") this.values.add(value);
    else return false;
    return true;
  }

  has(value: Value): Result {
    if (value instanceof Uint) return this.uints.has(value.value);
    // Go cannot look for these, and panics.
    if (value instanceof Bytes)
      throw new Cancelled("internal error: runtime error: hash of unhashable type types.Bytes");
    return this.values.has(value);
  }

  private addWhole(value: bigint): void {
    this.values.add(value).add(Number(value));
    if (isUint(value)) this.uints.add(value);
  }

  private addDouble(value: number): void {
    const [int, uint] = [doubleToInt(value), doubleToUint(value)];
    // NaN equals nothing, not even itself.
    if (!Number.isNaN(value)) this.values.add(value);
    if (int !== undefined && Number(int) === value) this.values.add(int);
    if (uint !== undefined && Number(uint) === value) this.uints.add(uint);
  }
}
