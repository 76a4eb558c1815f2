import type { Value } from "../values/index.ts";

/** A node of an expression. The id is unique in its tree, and leads to its place and to what the checker found out about it. */
export type Expression =
  Literal | Identifier | Select | Call | ListExpression | MapExpression | StructExpression | Comprehension;

interface Node {
  readonly id: number;
}

/** A constant: null, a bool, an int, a uint, a double, a string or bytes. */
export interface Literal extends Node {
  readonly kind: "literal";
  readonly value: Value;
}

/** A name; one with a leading dot is looked up at the root, and keeps the dot. */
export interface Identifier extends Node {
  readonly kind: "identifier";
  readonly name: string;
}

/** `operand.field`; as a test, `has(operand.field)`. */
export interface Select extends Node {
  readonly kind: "select";
  readonly operand: Expression;
  readonly field: string;
  readonly isTest: boolean;
}

/** A call of a function, of a method (`target`), or of an operator, whose function has a name such as `_+_`. */
export interface Call extends Node {
  readonly kind: "call";
  readonly function: string;
  readonly target?: Expression;
  readonly args: readonly Expression[];
}

export interface ListExpression extends Node {
  readonly kind: "list";
  readonly elements: readonly Expression[];
  /** The indices of the elements that are written `?element`. */
  readonly optionalIndices: readonly number[];
}

/** Its id is that of its `:`. */
export interface MapEntry extends Node {
  readonly key: Expression;
  readonly value: Expression;
  /** Whether it is written `?key: value`. */
  readonly isOptional: boolean;
}

export interface MapExpression extends Node {
  readonly kind: "map";
  readonly entries: readonly MapEntry[];
}

/** Its id is that of its `:`. */
export interface StructField extends Node {
  readonly field: string;
  readonly value: Expression;
  readonly isOptional: boolean;
}

/** `name{field: value}` */
export interface StructExpression extends Node {
  readonly kind: "struct";
  readonly name: string;
  readonly fields: readonly StructField[];
}

/**
 * What macros such as `all` become: a fold over `range`. With two variables the first is the index of a list or the key of a
 * map, the second the element or value; with one it is the element or the key.
 */
export interface Comprehension extends Node {
  readonly kind: "comprehension";
  readonly range: Expression;
  readonly variable: string;
  readonly secondVariable?: string;
  readonly accumulator: string;
  readonly initial: Expression;
  readonly condition: Expression;
  readonly step: Expression;
  readonly result: Expression;
}

/** A parsed expression. */
export interface Ast {
  readonly source: string;
  readonly expression: Expression;
  /** Where each node is, by id, as cel-go places it: in code points from the start of the source. */
  readonly offsets: ReadonlyMap<number, number>;
}

/** A mistake in an expression. */
export interface Issue {
  /** In code points from the start of the source; negative for what is nowhere in it. */
  readonly offset: number;
  /** In the words of the API server. */
  readonly message: string;
  /** The name that is most likely meant, where a name is not known. The API server does not give it. */
  readonly suggestion?: string;
}
