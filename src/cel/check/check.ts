import type { Ast, Issue } from "../ast/index.ts";
import { DYN, type Type } from "../types/index.ts";
import { Checker } from "./checker.ts";
import type { Reference } from "./reference.ts";
import type { Scope } from "./scope.ts";

/** An expression whose types are right. */
export interface Checked {
  /** The type of each node, by its id. */
  readonly types: ReadonlyMap<number, Type>;
  /** What names and calls stand for, by the id of their node. */
  readonly references: ReadonlyMap<number, Reference>;
  /** The type of the whole expression. */
  readonly result: Type;
}

/** What is wrong with an expression, in the order in which it was found: the first hundred are shown, and sorted by place. */
export interface Refused {
  readonly issues: readonly Issue[];
}

/**
 * Checks the types of an expression, by the rules and in the words of the API server of Kubernetes 1.36 (cel-go 0.26,
 * `checker/checker.go`). What it passes is not all right yet: `validate` it.
 */
export function check(ast: Ast, scope: Scope): Checked | Refused {
  const checker = new Checker(ast, scope);
  checker.run();
  const { issues, types, references } = checker;
  if (issues.length > 0) return { issues };
  return { types, references, result: types.get(ast.expression.id) ?? DYN };
}
