import { nearestWord } from "../../field/index.ts";
import type { Expression } from "../ast/index.ts";
import type { FunctionDeclaration } from "../functions/index.ts";
import { objectType, type Type, typeType } from "../types/index.ts";
import type { Scope } from "./scope.ts";

/** Macros are expanded before an expression is checked, unless they are misspelt. */
const MACROS = ["has", "all", "exists", "exists_one", "existsOne", "filter", "map", "optMap", "optFlatMap"];

/** A name that is declared, without its leading dot. */
export interface Declared {
  readonly name: string;
  readonly type: Type;
}

/** Looks names up: those of the scope, and those that the macros around a node declare. */
export class Names {
  readonly #scope: Scope;
  /** The variables of the macros around the node that is being checked, the innermost last. */
  readonly #locals: ReadonlyMap<string, Type>[] = [];

  constructor(scope: Scope) {
    this.#scope = scope;
  }

  enter(variables: ReadonlyMap<string, Type>): void {
    this.#locals.push(variables);
  }

  exit(): void {
    this.#locals.pop();
  }

  /**
   * A variable or a type. A leading dot is skipped, it does not lead past the variables of macros: so cel-go 0.26
   * (`checker.Env.LookupIdent`).
   */
  variable(written: string): Declared | undefined {
    const name = withoutDot(written);
    const type = this.#local(name) ?? this.#scope.variables.get(name);
    if (type !== undefined) return { name, type };
    return this.#scope.types.fieldsOf(name) === undefined ? undefined : { name, type: typeType(objectType(name)) };
  }

  function(written: string): FunctionDeclaration | undefined {
    return this.#scope.functions.get(withoutDot(written));
  }

  /** The type that a name stands for at run time, where it is registered as such. */
  typeValue(name: string): Type | undefined {
    const [type] = this.#scope.variables.get(name)?.parameters ?? [];
    return type?.name === name ? type : undefined;
  }

  /** The variable that an unknown name is most likely meant to be. None for what could have been meant as part of another name. */
  nearestVariable(name: string): string | undefined {
    // All names of one letter are near to one another.
    return name.length === 1 || this.#isQualifier(name) ? undefined : nearestWord(name, this.#variables());
  }

  /** The function, method or macro that an unknown one is most likely meant to be; with a qualifier, if it is written so. */
  nearestFunction(name: string, qualifier?: string): string | undefined {
    const functions = [...this.#scope.functions.keys(), ...MACROS].filter(isWritable);
    const qualified = qualifier === undefined ? undefined : nearestWord(`${qualifier}.${name}`, functions);
    return qualified ?? nearestWord(name, functions);
  }

  *#variables(): Generator<string> {
    for (const locals of this.#locals) yield* locals.keys();
    yield* this.#scope.variables.keys();
  }

  #isQualifier(name: string): boolean {
    const prefix = `${name}.`;
    return [...this.#scope.functions.keys(), ...this.#scope.variables.keys()].some((key) => key.startsWith(prefix));
  }

  #local(name: string): Type | undefined {
    for (let i = this.#locals.length - 1; i >= 0; i--) {
      const type = this.#locals[i]?.get(name);
      if (type !== undefined) return type;
    }
    return undefined;
  }
}

/**
 * The qualified name that an expression may be: `a.b.c`; undefined if it is none (cel-go: `containers.ToQualifiedName`).
 * @returns with the leading dot, if it has one.
 */
export function qualifiedName(expression: Expression): string | undefined {
  if (expression.kind === "identifier") return expression.name;
  if (expression.kind !== "select" || expression.isTest) return undefined;
  const operand = qualifiedName(expression.operand);
  return operand === undefined ? undefined : `${operand}.${expression.field}`;
}

function withoutDot(name: string): string {
  return name.startsWith(".") ? name.slice(1) : name;
}

/** Whether an expression can say a name: operators such as `_+_` cannot be written as functions. */
function isWritable(name: string): boolean {
  return /^[a-zA-Z][\w.]*$/.test(name);
}
