import type { Expression } from "../../ast/index.ts";
import type { Expansion } from "./expansion.ts";
import { argument, type Macro, MacroError } from "./macro.ts";
import { UNUSED } from "./optionals.ts";
import { collected } from "./standard.ts";

/** The variable that holds the list, which is named twice. No expression can name it. */
const INPUT = "@__sortBy_input__";

/** Sorts a list that is held by a variable, by the keys that are computed from its elements. */
function sortBy(make: Expansion, target: Expression, args: readonly Expression[]): Expression {
  const input = make.identifier(INPUT);
  if (target.kind === "literal" || target.kind === "map" || target.kind === "struct") {
    const rule = "sortBy can only be applied to a list, identifier, comprehension, call or select expression";
    throw new MacroError(target, rule);
  }
  const keys = collected(make, make.copy(input), args, { value: argument(args, 1) });
  const result = make.method("@sortByAssociatedKeys", make.copy(input), keys);
  return make.fold({
    range: make.list(),
    variable: UNUSED,
    accumulator: INPUT,
    initial: target,
    condition: make.literal(false),
    step: input,
    result,
  });
}

/** The macro of the library of lists (cel-go, ext/lists.go). */
export const SORTING_MACROS: readonly Macro[] = [{ name: "sortBy", isMethod: true, arity: 2, expand: sortBy }];
