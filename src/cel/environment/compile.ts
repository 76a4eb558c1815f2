import type { Ast, Issue } from "../ast/index.ts";
import type { Checkpoint } from "../../field/index.ts";
import { check } from "../check/index.ts";
import { Cancelled, withEffort } from "../effort/index.ts";
import { plan, type Program } from "../run/index.ts";
import { issueText, parse } from "../syntax/index.ts";
import { type Type, typeText } from "../types/index.ts";
import { validate } from "../validate/index.ts";
import { CelError } from "../values/index.ts";
import type { Environment } from "./environment.ts";

/** A compiled expression, or why there is none. */
export type Compilation = Compiled | Uncompiled;

export interface Compiled {
  readonly program: Program;
  readonly type: Type;
  readonly ast: Ast;
}

export interface Uncompiled {
  /** In the words in which the API server refuses a policy. */
  readonly problem: string;
  /** Whether the expression is right but nothing can be made of it, which the API server takes for an error of its own. */
  readonly isInternal: boolean;
  /** The mistakes one by one; empty if the problem is one of the whole expression. */
  readonly issues: readonly Issue[];
  /** Absent if it cannot be parsed. */
  readonly ast?: Ast;
}

/**
 * Compiles an expression, in the steps and words of the API server (`CompileCELExpression`).
 * @param expected the types that its result may have; undefined if it may have any
 * @throws whatever the checkpoint throws, which is called now and then
 */
export function compile(
  source: string,
  environment: Environment,
  expected?: readonly Type[],
  checkpoint?: Checkpoint,
): Compilation {
  try {
    return withEffort(checkpoint, () => compiled(source, environment, expected));
  } catch (error) {
    if (!(error instanceof Cancelled)) throw error;
    return { problem: `compilation failed: ${error.message}`, isInternal: true, issues: [] };
  }
}

function compiled(source: string, { minor, syntax, scope }: Environment, expected?: readonly Type[]): Compilation {
  const parsed = parse(source, syntax);
  if ("issues" in parsed) return refused(source, parsed.issues);
  const { ast } = parsed;
  const checked = check(ast, scope);
  if ("issues" in checked) return { ...refused(source, checked.issues), ast };
  const issues = validate(ast, checked, minor);
  if (issues.length > 0) return { ...refused(source, issues), ast };
  const { result } = checked;
  if (expected !== undefined && !expected.some((type) => typeText(type) === typeText(result))) {
    return { problem: expectation(expected, result), isInternal: false, issues: [], ast };
  }
  const program = plan(ast, checked);
  if (program instanceof CelError) {
    return { problem: `program instantiation failed: ${program.message}`, isInternal: true, issues: [], ast };
  }
  return { program, type: result, ast };
}

function refused(source: string, issues: readonly Issue[]): Uncompiled {
  return { problem: `compilation failed: ${issueText(source, issues)}`, isInternal: false, issues };
}

function expectation(expected: readonly Type[], found: Type): string {
  const texts = expected.map(typeText);
  const [only = ""] = texts;
  return texts.length === 1
    ? `must evaluate to ${only} but got ${typeText(found)}`
    : `must evaluate to one of [${texts.join(" ")}] but got ${typeText(found)}`;
}
