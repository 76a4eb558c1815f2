import type { Macro } from "./macro.ts";
import { OPTIONAL_MACROS } from "./optionals.ts";
import { SORTING_MACROS } from "./sorting.ts";
import { STANDARD_MACROS } from "./standard.ts";
import { TWO_VARIABLE_MACROS } from "./two-variables.ts";

const TABLES = new Map<string, ReadonlyMap<string, Macro>>();

/**
 * Finds the macro that a call is one of; undefined for a call of a function.
 *
 * @param on which macros there are, beside those that every environment has
 */
export function macroOf(
  {
    optionals,
    twoVariables,
    sorting,
  }: { readonly optionals: boolean; readonly twoVariables: boolean; readonly sorting: boolean },
  name: string,
  isMethod: boolean,
  arity: number,
): Macro | undefined {
  const key = `${optionals} ${twoVariables} ${sorting}`;
  let table = TABLES.get(key);
  if (table === undefined) {
    const macros = [
      ...STANDARD_MACROS,
      ...(optionals ? OPTIONAL_MACROS : []),
      ...(twoVariables ? TWO_VARIABLE_MACROS : []),
      ...(sorting ? SORTING_MACROS : []),
    ];
    table = new Map(macros.map((macro) => [keyOf(macro.name, macro.isMethod, macro.arity), macro]));
    TABLES.set(key, table);
  }
  return table.get(keyOf(name, isMethod, arity));
}

function keyOf(name: string, isMethod: boolean, arity: number): string {
  return `${name}/${arity}/${isMethod}`;
}
