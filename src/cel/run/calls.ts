import type { FunctionReference } from "../check/index.ts";
import type { Overload } from "../functions/index.ts";
import { CelError, type Result, type Value } from "../values/index.ts";
import { costed, type Frame, type Run } from "./frame.ts";
import { guarded, noSuchOverload } from "./guards.ts";
import { PlanError, type Step } from "./step.ts";

type Call = Overload["call"];
type Cost = NonNullable<Overload["cost"]>;

/**
 * Plans a call: of the overload that the types tell, else of the first one whose types the arguments have. Arguments are evaluated
 * in order, and the first error is the result.
 * @throws PlanError if a constant argument makes the call fail whatever the others are.
 */
export function planCall(reference: FunctionReference, args: readonly Step[]): Run {
  const { overloads, declaration } = reference;
  const only = overloads.length === 1 ? overloads[0] : undefined;
  const cost = only?.cost?.bind(only) ?? declaration.cost?.bind(declaration);
  const prepared = (only ?? overloads[0])?.prepare?.(args.map((step) => step.constant));
  if (prepared instanceof CelError) throw new PlanError(prepared.message);
  if (prepared !== undefined) return calling(prepared, args, cost, true);
  // As in cel-go: of two arguments both are evaluated, also if the first is an error, unless the function must be looked for.
  const isSequential = args.length > 2 || (only === undefined && overloads[0]?.unguarded !== true);
  return calling(callOf(reference, only), args, cost, isSequential);
}

/** The function that is called with arguments of any types. */
function callOf({ declaration, overloads }: FunctionReference, only: Overload | undefined): Call {
  const [first] = overloads;
  if (first?.unguarded === true) return (...args) => first.call(...args);
  const candidates = (only === undefined ? declaration.overloads : [only]).map(guarded);
  return (...args) => {
    for (const candidate of candidates) if (candidate.accepts(args)) return candidate.overload.call(...args);
    return noSuchOverload(declaration.name, args);
  };
}

function calling(call: Call, args: readonly Step[], cost: Cost | undefined, isSequential: boolean): Run {
  const [first, second] = args;
  if (first === undefined) return (frame) => charged(frame, cost, [], call());
  if (second === undefined) return callingOne(call, first.run, cost);
  if (args.length === 2 && !isSequential) return callingTwo(call, first.run, second.run, cost);
  return callingMany(
    call,
    args.map(({ run }) => run),
    cost,
  );
}

function charged(frame: Frame, cost: Cost | undefined, args: readonly Result[], result: Result): Result {
  frame.charge(cost === undefined ? 1 : cost(args.map(costed), result));
  return result;
}

/** Whether a cost does not depend on the result: then it is charged before the call, so that one too costly never begins. */
function isKnownBefore(cost: Cost): boolean {
  return cost.length < 2;
}

function callingOne(call: Call, argument: Run, cost: Cost | undefined): Run {
  if (cost === undefined)
    return (frame) => {
      const value = argument(frame);
      frame.charge(1);
      if (value instanceof CelError) return value;
      frame.checkBefore(value);
      return call(value);
    };
  const isFirst = isKnownBefore(cost);
  return (frame) => {
    const value = argument(frame);
    if (isFirst) frame.charge(cost([costed(value)], null));
    if (!(value instanceof CelError)) frame.checkBefore(value);
    const result = value instanceof CelError ? value : call(value);
    return isFirst ? result : charged(frame, cost, [value], result);
  };
}

function callingTwo(call: Call, first: Run, second: Run, cost: Cost | undefined): Run {
  const isFirst = cost !== undefined && isKnownBefore(cost);
  return (frame) => {
    const left = first(frame);
    const right = second(frame);
    if (cost === undefined) frame.charge(1);
    else if (isFirst) frame.charge(cost([costed(left), costed(right)], null));
    if (!(left instanceof CelError)) frame.checkBefore(left);
    const result = left instanceof CelError ? left : right instanceof CelError ? right : call(left, right);
    return cost === undefined || isFirst ? result : charged(frame, cost, [left, right], result);
  };
}

/** Arguments after an error are not evaluated, and the call costs nothing then. Source: `evalVarArgs` and `dropArgs` of cel-go. */
function callingMany(call: Call, args: readonly Run[], cost: Cost | undefined): Run {
  const isFirst = cost === undefined || isKnownBefore(cost);
  return (frame) => {
    const values: Value[] = [];
    for (const [index, argument] of args.entries()) {
      const value = argument(frame);
      if (value instanceof CelError)
        return index < args.length - 1 ? value : charged(frame, cost, [...values, value], value);
      frame.checkBefore(value);
      values.push(value);
    }
    if (isFirst) frame.charge(cost === undefined ? 1 : cost(values, null));
    const result = call(...values);
    return isFirst ? result : charged(frame, cost, values, result);
  };
}
