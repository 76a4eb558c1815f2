import type { FunctionDeclaration } from "../functions/index.ts";
import type { Type, TypeProvider } from "../types/index.ts";

/** What the names in an expression may stand for. */
export interface Scope {
  /**
   * The variables and the names of types, with dots where they are qualified: `object` is a dyn, `net.IP` a `type(net.IP)`, `int` a
   * `type(int)`. A name of a `type(...)` stands for that type as a value.
   */
  readonly variables: ReadonlyMap<string, Type>;
  readonly functions: ReadonlyMap<string, FunctionDeclaration>;
  /** The types with fields. Their names are names of types too, even if they are no variables. */
  readonly types: TypeProvider;
}

/** The functions by their names. What has the same name in several libraries is one function, with the overloads in their order. */
export function functionsByName(declarations: Iterable<FunctionDeclaration>): ReadonlyMap<string, FunctionDeclaration> {
  const functions = new Map<string, FunctionDeclaration>();
  for (const declaration of declarations) {
    const known = functions.get(declaration.name);
    const merged = { ...declaration, ...known, overloads: [...(known?.overloads ?? []), ...declaration.overloads] };
    functions.set(declaration.name, known === undefined ? declaration : merged);
  }
  return functions;
}
