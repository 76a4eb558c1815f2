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
