import { spend } from "../effort/index.ts";
import type {
  Ast,
  Call,
  Comprehension,
  Expression,
  ListExpression,
  MapExpression,
  Select,
  StructExpression,
} from "../ast/index.ts";
import type { Checked, FunctionReference, Reference } from "../check/index.ts";
import { CelError, List, Optional, TypeValue, type Value } from "../values/index.ts";
import { type Attribute, chosen, isKey, type Qualifier, rooted } from "./attribute.ts";
import { planCall } from "./calls.ts";
import { accumulatorOf, looping } from "./comprehension.ts";
import { makingList, makingMap, makingStruct, type NewStruct } from "./construction.ts";
import { Frame, NO_VARIABLES, type Run } from "./frame.ts";
import { goTypeName } from "./go-types.ts";
import { alternative, connective, notStrictlyFalse } from "./logic.ts";
import { planMembership } from "./membership.ts";
import { constant, PlanError, type Step } from "./step.ts";

/** The functions that are evaluated at once if their argument is constant. Source: `IsTypeConversionFunction` of cel-go. */
const CONVERSIONS: ReadonlySet<string> = new Set([
  "bool",
  "bytes",
  "double",
  "duration",
  "dyn",
  "int",
  "string",
  "timestamp",
  "type",
  "uint",
]);

const STEPS_PER_NODE = 10;

/** The variables of the comprehensions around an expression, by name. */
type Locals = ReadonlyMap<string, Run>;

/** Plans one expression. Source of what costs what: `planner.go`, `decorators.go` and `runtimecost.go` of cel-go. */
export class Planner {
  /** How many slots the comprehensions take. */
  slots = 0;
  private readonly checked: Checked;
  private readonly newStruct: NewStruct;

  constructor(checked: Checked, newStruct: NewStruct) {
    this.checked = checked;
    this.newStruct = newStruct;
  }

  /** @throws PlanError */
  plan({ expression }: Ast): Run {
    return this.planned(expression, new Map()).run;
  }

  private planned(expression: Expression, locals: Locals): Step {
    spend(STEPS_PER_NODE);
    switch (expression.kind) {
      case "literal":
        return constant(expression.value);
      case "identifier":
        return this.named(expression.name, this.referenceOf(expression), locals);
      case "select":
        return this.selected(expression, locals);
      case "call":
        return this.called(expression, locals);
      case "list":
        return this.list(expression, locals);
      case "map":
        return this.map(expression, locals);
      case "struct":
        return { run: this.struct(expression, locals) };
      case "comprehension":
        return { run: this.comprehension(expression, locals) };
    }
  }

  private referenceOf({ id }: Expression): Reference | undefined {
    return this.checked.references.get(id);
  }

  private named(name: string, reference: Reference | undefined, locals: Locals): Step {
    if (reference?.kind === "type") {
      if (reference.value === undefined) throw new PlanError(`reference to undefined type: ${reference.name}`);
      return constant(new TypeValue(reference.value));
    }
    const variable = reference?.kind === "variable" ? reference.name : name;
    return attributed(rooted(locals.get(variable) ?? variableOf(variable)));
  }

  private selected(expression: Select, locals: Locals): Step {
    const { operand, field, isTest } = expression;
    const reference = this.referenceOf(expression);
    if (reference !== undefined) return this.named(field, reference, locals);
    const attribute = attributeOf(this.planned(operand, locals)).with({ key: field, isOptional: false, isTest });
    return isTest ? tested(attribute) : attributed(attribute);
  }

  private called(call: Call, locals: Locals): Step {
    const reference = this.referenceOf(call);
    const isMember = reference?.kind !== "function" || reference.isMember;
    const operands = isMember && call.target !== undefined ? [call.target, ...call.args] : call.args;
    const args = operands.map((operand) => this.planned(operand, locals));
    const operator = planOperator(call.function, args);
    if (operator !== undefined) return operator;
    if (reference?.kind !== "function") throw new PlanError(`no such overload: ${call.function}`);
    return planFunction(reference, args);
  }

  private list({ elements, optionalIndices }: ListExpression, locals: Locals): Step {
    const optional = new Set(optionalIndices);
    const parts = elements.map((element, index) => ({
      step: this.planned(element, locals),
      isOptional: optional.has(index),
    }));
    return folded(
      makingList(parts),
      parts.map(({ step }) => step),
    );
  }

  private map({ entries }: MapExpression, locals: Locals): Step {
    const parts = entries.map(({ key, value, isOptional }) => ({
      key: this.planned(key, locals),
      step: this.planned(value, locals),
      isOptional,
    }));
    return folded(
      makingMap(parts),
      parts.flatMap(({ key, step }) => [key, step]),
    );
  }

  private struct(struct: StructExpression, locals: Locals): Run {
    const reference = this.referenceOf(struct);
    const name = reference?.kind === "type" ? reference.name : struct.name;
    const fields = struct.fields.map(({ field, value, isOptional }) => ({
      name: field,
      step: this.planned(value, locals),
      isOptional,
    }));
    return makingStruct(name, fields, this.newStruct);
  }

  private comprehension(fold: Comprehension, locals: Locals): Run {
    const initial = this.planned(fold.initial, locals).run;
    const range = this.planned(fold.range, locals).run;
    const accumulator = this.slots++;
    const variable = this.slots++;
    const secondVariable = fold.secondVariable === undefined ? undefined : this.slots++;
    const withResult = new Map(locals).set(fold.accumulator, accumulatorOf(accumulator, initial));
    const inside = new Map(withResult);
    // The accumulator comes first: a variable of the same name does not hide it.
    if (fold.variable !== fold.accumulator) inside.set(fold.variable, slotOf(variable));
    if (fold.secondVariable !== undefined && secondVariable !== undefined && fold.secondVariable !== fold.accumulator)
      inside.set(fold.secondVariable, slotOf(secondVariable));
    return looping({
      range,
      accumulator,
      variable,
      secondVariable,
      condition: this.planned(fold.condition, inside).run,
      step: this.planned(fold.step, inside).run,
      result: this.planned(fold.result, withResult).run,
    });
  }
}

function slotOf(slot: number): Run {
  return (frame) => frame.slots[slot] ?? null;
}

function variableOf(name: string): Run {
  const missing = new CelError(`no such attribute(s): ${name}`);
  return (frame) => {
    const value = frame.variables(name);
    return value === undefined ? missing : value;
  };
}

/** What can be selected from: what is an attribute already, or the value of any other step. */
function attributeOf({ attribute, run }: Step): Attribute {
  return attribute ?? rooted(run);
}

function attributed(attribute: Attribute): Step {
  const { resolve, cost } = attribute;
  const run: Run =
    cost === 0
      ? resolve
      : (frame) => {
          const value = resolve(frame);
          frame.charge(cost);
          return value;
        };
  return { run, attribute };
}

/** `has(...)` costs one less than what is tested; of an optional value it tells whether it has one. */
function tested(attribute: Attribute): Step {
  const { resolve, cost } = attribute;
  const run: Run = (frame) => {
    const value = resolve(frame);
    frame.cost += cost - 1;
    return value instanceof Optional ? value.value !== undefined : value;
  };
  return { run, attribute };
}

/** What is evaluated now because all of its parts are constant. */
function folded(run: Run, parts: readonly Step[]): Step {
  if (!parts.every(isConstant)) return { run };
  const value = evaluated(run);
  return value instanceof CelError ? { run: () => value } : constant(value);
}

function isConstant(step: Step): boolean {
  return step.constant !== undefined;
}

function evaluated(run: Run): Value | CelError {
  return run(new Frame(NO_VARIABLES, 0, undefined));
}

/** The operators that are no functions: not all of their arguments are evaluated, or errors of them are absorbed. */
function planOperator(name: string, args: readonly Step[]): Step | undefined {
  const [first, second, third] = args;
  if (first === undefined) return undefined;
  if (name === "@not_strictly_false" || name === "__not_strictly_false__") return { run: notStrictlyFalse(first.run) };
  if (second === undefined) return undefined;
  switch (name) {
    case "_&&_":
      return { run: connective(first.run, second.run, false) };
    case "_||_":
      return { run: connective(first.run, second.run, true) };
    case "_?_:_":
      return third === undefined ? undefined : attributed(chosen(first.run, attributeOf(second), attributeOf(third)));
    case "_[_]":
      return attributed(attributeOf(first).with(indexOf(second, false)));
    case "_[?_]":
    case "_?._":
      return attributed(attributeOf(first).with(indexOf(second, true)));
    default:
      return undefined;
  }
}

/** @throws PlanError if the index is a constant of a type that selects nothing. */
function indexOf({ constant: key, attribute, run }: Step, isOptional: boolean): Qualifier {
  if (key === undefined) return { key: attribute?.resolve ?? keyOf(run), isOptional, isTest: false };
  if (!isKey(key)) throw new PlanError(notKey(key));
  return { key, isOptional, isTest: false };
}

function notKey(key: Value): string {
  return `invalid qualifier type: ${goTypeName(key)}`;
}

/** What is computed is no JSON any more, which the error tells. */
function keyOf(run: Run): Run {
  return (frame) => {
    const key = run(frame);
    return key instanceof CelError || isKey(key) ? key : new CelError(notKey(key));
  };
}

function planFunction(reference: FunctionReference, args: readonly Step[]): Step {
  const { declaration, overloads } = reference;
  const [first, second] = args;
  const only = overloads.length === 1 ? overloads[0]?.id : undefined;
  if (first !== undefined && second !== undefined) {
    if (only === "optional_or_optional") return { run: alternative(first.run, second.run, false) };
    if (only === "optional_orValue_value") return { run: alternative(first.run, second.run, true) };
    if (only === "in_list" && second.constant instanceof List) {
      const membership = planMembership(first, second.constant);
      if (membership !== undefined) return membership;
    }
  }
  const run = planCall(reference, args);
  if (args.length !== 1 || first?.constant === undefined || !CONVERSIONS.has(declaration.name)) return { run };
  const value = evaluated(run);
  if (value instanceof CelError) throw new PlanError(value.message);
  return constant(value);
}
