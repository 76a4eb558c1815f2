import { spend } from "../effort/index.ts";
import { ArrayList, CelError, equals, type List, type Result, type Value } from "../values/index.ts";

/** How many comparisons of two elements a call may take: the API server counts the cost only afterwards. */
const MAX_COMPARISONS = 5_000_000;

export const TOO_MANY_COMPARISONS = new CelError("the lists are too long to be compared in time");

/** Whether two lists are so long that to compare each element with each takes too long. */
export function isTooMuch(one: number, other: number): boolean {
  return one * other > MAX_COMPARISONS;
}

/** Finds equal elements: texts and bools, which equal nothing of another type, without looking at all of them. */
export class Membership {
  private readonly plain = new Set<string | boolean>();
  private readonly others: Value[] = [];

  /** Of the elements of a list, or none. */
  constructor(list?: List) {
    for (let index = 0; list !== undefined && index < list.size; index++) this.add(list.at(index));
  }

  add(value: Value): void {
    spend();
    if (typeof value === "string" || typeof value === "boolean") this.plain.add(value);
    else this.others.push(value);
  }

  has(value: Value): boolean {
    spend();
    if (typeof value === "string" || typeof value === "boolean") return this.plain.has(value);
    return this.others.some((other) => equals(other, value));
  }
}

/** The elements without those that equal one ahead of them. Source: `distinctList` of `lists.go` in `ext` of cel-go. */
export function distinct(list: List): Result {
  const known = new Membership();
  const elements: Value[] = [];
  for (let index = 0; index < list.size; index++) {
    const element = list.at(index);
    if (typeof element !== "string" && isTooMuch(index, list.size)) return TOO_MANY_COMPARISONS;
    if (known.has(element)) continue;
    known.add(element);
    elements.push(element);
  }
  return new ArrayList(elements);
}
