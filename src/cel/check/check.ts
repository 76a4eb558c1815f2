import type { Ast, Issue } from "../ast/index.ts";
import { DYN, type Type } from "../types/index.ts";
import { Checker } from "./checker.ts";
import type { Reference } from "./reference.ts";
import type { Scope } from "./scope.ts";
import { misformats, mixedLiterals, nodesOf, type Validator, wrongLiterals } from "./validators/index.ts";

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

interface VersionedValidator {
  /** The first version of Kubernetes (1.x) that has it. */
  readonly since: number;
  readonly validator: Validator;
}

/** In the order in which the API server applies them (apiserver: `pkg/cel/environment/base.go`). */
const VALIDATORS: readonly VersionedValidator[] = [
  { since: 0, validator: mixedLiterals },
  { since: 29, validator: wrongLiterals },
  { since: 29, validator: misformats },
];

/**
 * Checks the types of an expression, by the rules and in the words of the API server of Kubernetes 1.36 (cel-go 0.26,
 * `checker/checker.go`). What it passes is not all right yet: {@link validate} it.
 */
export function check(ast: Ast, scope: Scope): Checked | Refused {
  const checker = new Checker(ast, scope);
  checker.run();
  const { issues, types, references } = checker;
  if (issues.length > 0) return { issues };
  return { types, references, result: types.get(ast.expression.id) ?? DYN };
}

/**
 * What the API server refuses in an expression whose types are right: lists and maps of mixed types, and since Kubernetes 1.29
 * literals that functions fail for, and format strings that do not fit their arguments (cel-go: `cel/validator.go`).
 * @param version of Kubernetes: 1.x
 * @returns the issues in the order in which they were found; none if it is right.
 */
export function validate(ast: Ast, { types, references }: Checked, version: number): readonly Issue[] {
  const subject = {
    ...nodesOf(ast.expression),
    typeOf: ({ id }: { readonly id: number }) => types.get(id) ?? DYN,
    referenceOf: ({ id }: { readonly id: number }) => references.get(id),
  };
  return VALIDATORS.filter(({ since }) => version >= since).flatMap(({ validator }) =>
    Array.from(validator(subject), ({ id, message }) => ({ offset: ast.offsets.get(id) ?? 0, message })),
  );
}
