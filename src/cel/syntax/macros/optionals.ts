import { CONDITIONAL, type Expression } from "../../ast/index.ts";
import type { Expansion } from "./expansion.ts";
import { argument, type Macro, variableOf } from "./macro.ts";

/** The variable of a fold over nothing, which has no use for it. */
export const UNUSED = "#unused";

/**
 * The macros of optional values (cel-go, cel/library.go): `optMap` computes the value of an optional that has one, `optFlatMap`
 * another optional.
 */
export const OPTIONAL_MACROS: readonly Macro[] = [
  mappingMacro("optMap", (make, value) => make.call("optional.of", value)),
  mappingMacro("optFlatMap", (_, value) => value),
];

function mappingMacro(name: string, asOptional: (make: Expansion, value: Expression) => Expression): Macro {
  return {
    name,
    isMethod: true,
    arity: 2,
    expand: (make, target, args) => {
      const variable = variableOf(argument(args, 0), `${name}() variable name must be a simple identifier`);
      return make.call(
        CONDITIONAL,
        make.method("hasValue", target),
        asOptional(make, bound(make, target, variable, argument(args, 1))),
        make.call("optional.none"),
      );
    },
  };
}

/** An expression with a variable that holds the value of the target: the result of a fold over an empty list that starts with it. */
function bound(make: Expansion, target: Expression, variable: string, result: Expression): Expression {
  return make.fold({
    range: make.list(),
    variable: UNUSED,
    accumulator: variable,
    initial: make.method("value", make.copy(target)),
    condition: make.literal(false),
    step: make.identifier(variable),
    result,
  });
}
