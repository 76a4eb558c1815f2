import { spend } from "../effort/index.ts";
import { DYN, listType, type Type } from "../types/index.ts";
import { List, type Value } from "./value.ts";

const LIST = listType(DYN);

/** A list of values that are there. */
export class ArrayList extends List {
  readonly type: Type = LIST;
  readonly elements: readonly Value[];

  constructor(elements: readonly Value[]) {
    super();
    this.elements = elements;
  }

  get size(): number {
    return this.elements.length;
  }

  at(index: number): Value {
    // Called within the size only: no element is undefined.
    return this.elements[index] ?? null;
  }
}

/** Two lists one after the other. It copies nothing: lists that are added to themselves again and again take no room. */
class Concatenation extends List {
  readonly type: Type = LIST;
  readonly size: number;
  private readonly first: List;
  private readonly second: List;

  constructor(first: List, second: List) {
    super();
    this.first = first;
    this.second = second;
    this.size = first.size + second.size;
  }

  at(index: number): Value {
    let [list, position]: [List, number] = [this, index];
    while (list instanceof Concatenation) {
      const { first, second }: Concatenation = list;
      [list, position] = position < first.size ? [first, position] : [second, position - first.size];
    }
    return list.at(position);
  }
}

/** A list that grows in place: the accumulator of a comprehension such as `map`, which nothing else can see. */
export class GrowingList extends List {
  readonly type: Type = LIST;
  private readonly elements: Value[] = [];

  get size(): number {
    return this.elements.length;
  }

  at(index: number): Value {
    return this.elements[index] ?? null;
  }

  append(other: List): this {
    // The other one may be this one.
    const { size } = other;
    spend(size);
    for (let index = 0; index < size; index++) this.elements.push(other.at(index));
    return this;
  }

  /** The list that it has become. It must not grow any more. */
  finished(): List {
    return new ArrayList(this.elements);
  }
}

/** Two lists one after the other. Source: `baseList.Add` of cel-go. */
export function concatenate(first: List, second: List): List {
  if (first.size === 0) return second;
  return second.size === 0 ? first : new Concatenation(first, second);
}
