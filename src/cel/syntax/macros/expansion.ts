import type { Comprehension, Expression } from "../../ast/index.ts";
import type { Value } from "../../values/index.ts";
import { copyOf } from "./copy.ts";

/** The variable that a fold of a macro keeps its result in. No expression can name it. */
export const ACCUMULATOR = "@result";

/** Gives nodes their ids and places. */
export interface Places {
  /** The offset of the node with an id. */
  offset(id: number): number;
  /** A new id for a node at an offset. */
  idAt(offset: number): number;
}

/** The parts of a fold in which a macro differs from others. */
export type Fold = Pick<
  Comprehension,
  "range" | "variable" | "secondVariable" | "accumulator" | "initial" | "condition" | "step" | "result"
>;

/**
 * Makes the nodes that a call of a macro is replaced by; they are all placed at the call (cel-go, parser/helper.go: `exprHelper`).
 * The ids follow the order in which the nodes are made: what a node is made of comes before the node.
 */
export class Expansion {
  readonly #places: Places;
  readonly #offset: number;

  constructor(places: Places, callId: number) {
    this.#places = places;
    this.#offset = places.offset(callId);
  }

  literal(value: Value): Expression {
    return { kind: "literal", id: this.#id(), value };
  }

  identifier(name: string): Expression {
    return { kind: "identifier", id: this.#id(), name };
  }

  accumulator(): Expression {
    return this.identifier(ACCUMULATOR);
  }

  /** `has(operand.field)` */
  test(operand: Expression, field: string): Expression {
    return { kind: "select", id: this.#id(), operand, field, isTest: true };
  }

  call(name: string, ...args: readonly Expression[]): Expression {
    return { kind: "call", id: this.#id(), function: name, args };
  }

  method(name: string, target: Expression, ...args: readonly Expression[]): Expression {
    return { kind: "call", id: this.#id(), function: name, target, args };
  }

  list(...elements: readonly Expression[]): Expression {
    return { kind: "list", id: this.#id(), elements, optionalIndices: [] };
  }

  emptyMap(): Expression {
    return { kind: "map", id: this.#id(), entries: [] };
  }

  fold(fold: Fold): Expression {
    return { kind: "comprehension", id: this.#id(), ...fold };
  }

  /** A copy with ids of its own, for what occurs twice in what a call is replaced by. */
  copy(expression: Expression): Expression {
    return copyOf(expression, {
      idLike: (id) => this.#places.idAt(Math.max(0, this.#places.offset(id))),
      newId: () => this.#id(),
    });
  }

  #id(): number {
    return this.#places.idAt(this.#offset);
  }
}
