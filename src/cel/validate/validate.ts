import type { Ast, Issue } from "../ast/index.ts";
import type { Checked } from "../check/index.ts";
import { DYN } from "../types/index.ts";
import { misformats } from "./format.ts";
import { mixedLiterals } from "./homogeneous.ts";
import { wrongLiterals } from "./literals.ts";
import { nodesOf, type Subject, type Validator } from "./subject.ts";

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
 * What the API server refuses in an expression whose types are right: lists and maps of mixed types, and since Kubernetes 1.29
 * literals that functions fail for, and format strings that do not fit their arguments (cel-go: `cel/validator.go`).
 * @param version of Kubernetes: 1.x
 * @returns the issues in the order in which they were found; none if it is right.
 */
export function validate(ast: Ast, { types, references }: Checked, version: number): readonly Issue[] {
  const subject: Subject = {
    ...nodesOf(ast.expression),
    typeOf: ({ id }) => types.get(id) ?? DYN,
    referenceOf: ({ id }) => references.get(id),
    functionOf: (call) => {
      const reference = references.get(call.id);
      return reference?.kind === "function" ? reference.declaration.name : call.function;
    },
  };
  return VALIDATORS.filter(({ since }) => version >= since).flatMap(({ validator }) =>
    Array.from(validator(subject), ({ id, message }) => ({ offset: ast.offsets.get(id) ?? 0, message })),
  );
}
