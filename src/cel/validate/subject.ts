import { type Call, type Expression, type ListExpression, type MapExpression, partsOf } from "../ast/index.ts";
import type { Type } from "../types/index.ts";
import type { Reference } from "../check/index.ts";

/** What validators look at, the children of a node before it. */
export interface Subject {
  readonly calls: readonly Call[];
  /** But for those in arguments of `format`, which may have mixed types. */
  readonly lists: readonly ListExpression[];
  /** See {@link lists}. */
  readonly maps: readonly MapExpression[];
  readonly typeOf: (node: Expression) => Type;
  readonly referenceOf: (node: Expression) => Reference | undefined;
  /** The name of the function: `.duration` is `duration`. */
  readonly functionOf: (call: Call) => string;
}

/** What is wrong with a node. */
export interface Finding {
  readonly id: number;
  readonly message: string;
}

/** A check of an expression whose types are right. */
export type Validator = (subject: Subject) => Iterable<Finding>;

/** The nodes of a tree that validators look at. */
export function nodesOf(root: Expression): Pick<Subject, "calls" | "lists" | "maps"> {
  const calls: Call[] = [];
  const lists: ListExpression[] = [];
  const maps: MapExpression[] = [];
  const visit = (node: Expression, isInFormat: boolean): void => {
    const isFormat = node.kind === "call" && node.function === "format";
    for (const part of partsOf(node)) visit(part, isInFormat || isFormat);
    if (node.kind === "call") calls.push(node);
    else if (node.kind === "list" && !isInFormat) lists.push(node);
    else if (node.kind === "map" && !isInFormat) maps.push(node);
  };
  visit(root, false);
  return { calls, lists, maps };
}
