import { ADD, CONDITIONAL, type Expression, MAP_INSERT } from "../../ast/index.ts";
import { ACCUMULATOR, type Expansion } from "./expansion.ts";
import { argument, type Macro, MacroError, refuseAccumulator, variableOf } from "./macro.ts";
import { type Quantifier, QUANTIFIERS } from "./quantifiers.ts";

/** The longer result of a transformation, when the value of an element has been added. */
type Growth = (make: Expansion, value: Expression, variable: string) => Expression;

/** A transformation: how its result begins, and how it grows. */
interface Transformation {
  readonly start: (make: Expansion) => Expression;
  readonly growth: Growth;
}

const TRANSFORMATIONS: Readonly<Record<string, Transformation>> = {
  transformList: {
    start: (make) => make.list(),
    growth: (make, value) => make.call(ADD, make.accumulator(), make.list(value)),
  },
  transformMap: {
    start: (make) => make.emptyMap(),
    growth: (make, value, variable) => make.call(MAP_INSERT, make.accumulator(), make.identifier(variable), value),
  },
  transformMapEntry: {
    start: (make) => make.emptyMap(),
    growth: (make, value) => make.call(MAP_INSERT, make.accumulator(), value),
  },
};

/** The macros whose folds have two variables (cel-go, ext/comprehensions.go). */
export const TWO_VARIABLE_MACROS: readonly Macro[] = [
  ...Object.entries(QUANTIFIERS).map(([name, quantifier]) => quantifierMacro(name, quantifier)),
  ...Object.entries(TRANSFORMATIONS).flatMap(([name, transformation]) => [
    transformMacro(name, 3, transformation),
    transformMacro(name, 4, transformation),
  ]),
];

function quantifierMacro(name: string, quantifier: Quantifier): Macro {
  return {
    name,
    isMethod: true,
    arity: 3,
    expand: (make, range, args) => {
      const variables = variablesOf(args);
      return make.fold({ range, ...variables, accumulator: ACCUMULATOR, ...quantifier(make, argument(args, 2)) });
    },
  };
}

/** With four arguments, the third is a filter. */
function transformMacro(name: string, arity: 3 | 4, { start, growth }: Transformation): Macro {
  return {
    name,
    isMethod: true,
    arity,
    expand: (make, range, args) => {
      const variables = variablesOf(args);
      const grown = growth(make, argument(args, arity - 1), variables.variable);
      const step = arity === 3 ? grown : make.call(CONDITIONAL, argument(args, 2), grown, make.accumulator());
      return make.fold({
        range,
        ...variables,
        accumulator: ACCUMULATOR,
        initial: start(make),
        condition: make.literal(true),
        step,
        result: make.accumulator(),
      });
    },
  };
}

/** @throws {MacroError} */
function variablesOf(args: readonly Expression[]): { variable: string; secondVariable: string } {
  const [first, second] = [argument(args, 0), argument(args, 1)];
  const variable = variableOf(first, "argument must be a simple name");
  const secondVariable = variableOf(second, "argument must be a simple name");
  if (variable === secondVariable) throw new MacroError(second, `duplicate variable name: ${variable}`);
  refuseAccumulator(first, variable);
  refuseAccumulator(second, secondVariable);
  return { variable, secondVariable };
}
