import { type Macro } from "./macro.ts";
import { OPTIONAL_MACROS } from "./optionals.ts";
import { STANDARD_MACROS } from "./standard.ts";
import { TWO_VARIABLE_MACROS } from "./two-variables.ts";

export { Expansion } from "./expansion.ts";
export { type Macro, MacroError } from "./macro.ts";
export { MAP_INSERT } from "./two-variables.ts";

/** Which parts of the language are on, beside what always is; later versions of Kubernetes have them. */
export interface Syntax {
  /** `a.?b`, `a[?b]`, `[?a]`, `{?a: b}`, `optMap` and `optFlatMap`. */
  readonly optionals: boolean;
  /** The macros with two variables. */
  readonly twoVariables: boolean;
}

const TABLES = new Map<string, ReadonlyMap<string, Macro>>();

/** Finds the macro that a call is one of; undefined for a call of a function. */
export function macroOf(
  { optionals, twoVariables }: Syntax,
  name: string,
  isMethod: boolean,
  arity: number,
): Macro | undefined {
  const key = `${optionals} ${twoVariables}`;
  let table = TABLES.get(key);
  if (table === undefined) {
    const macros = [
      ...STANDARD_MACROS,
      ...(optionals ? OPTIONAL_MACROS : []),
      ...(twoVariables ? TWO_VARIABLE_MACROS : []),
    ];
    table = new Map(macros.map((macro) => [keyOf(macro.name, macro.isMethod, macro.arity), macro]));
    TABLES.set(key, table);
  }
  return table.get(keyOf(name, isMethod, arity));
}

function keyOf(name: string, isMethod: boolean, arity: number): string {
  return `${name}/${arity}/${isMethod}`;
}
