import { ADD, CONDITIONAL, type Expression } from "../../ast/index.ts";
import { ACCUMULATOR, type Expansion } from "./expansion.ts";
import { argument, type Macro, MacroError, refuseAccumulator, variableOf } from "./macro.ts";
import { type Quantifier, QUANTIFIERS } from "./quantifiers.ts";

/** The macros that every environment has (cel-go, parser/macro.go). */
export const STANDARD_MACROS: readonly Macro[] = [
  { name: "has", isMethod: false, arity: 1, expand: has },
  ...Object.entries(QUANTIFIERS).map(([name, quantifier]) => quantifierMacro(name, quantifier)),
  {
    name: "map",
    isMethod: true,
    arity: 2,
    expand: (make, target, args) => collected(make, target, args, { value: argument(args, 1) }),
  },
  {
    name: "map",
    isMethod: true,
    arity: 3,
    expand: (make, target, args) =>
      collected(make, target, args, { filter: argument(args, 1), value: argument(args, 2) }),
  },
  {
    name: "filter",
    isMethod: true,
    arity: 2,
    expand: (make, target, args) =>
      collected(make, target, args, { filter: argument(args, 1), value: argument(args, 0) }),
  },
];

function has(make: Expansion, _: Expression, args: readonly Expression[]): Expression {
  const selected = argument(args, 0);
  if (selected.kind !== "select") throw new MacroError(selected, "invalid argument to has() macro");
  return make.test(selected.operand, selected.field);
}

function quantifierMacro(name: string, quantifier: Quantifier): Macro {
  return {
    name,
    isMethod: true,
    arity: 2,
    expand: (make, range, args) => {
      const variable = variableOf(argument(args, 0), "argument must be a simple name");
      refuseAccumulator(argument(args, 0), variable);
      return make.fold({ range, variable, accumulator: ACCUMULATOR, ...quantifier(make, argument(args, 1)) });
    },
  };
}

/** The fold that makes a list of the values, of those elements that the filter lets through. */
export function collected(
  make: Expansion,
  range: Expression,
  args: readonly Expression[],
  { filter, value }: { filter?: Expression; value: Expression },
): Expression {
  const variable = variableOf(argument(args, 0), "argument is not an identifier");
  refuseAccumulator(argument(args, 0), variable);
  const initial = make.list();
  const condition = make.literal(true);
  const longer = make.call(ADD, make.accumulator(), make.list(value));
  const step = filter === undefined ? longer : make.call(CONDITIONAL, filter, longer, make.accumulator());
  return make.fold({
    range,
    variable,
    accumulator: ACCUMULATOR,
    initial,
    condition,
    step,
    result: make.accumulator(),
  });
}
