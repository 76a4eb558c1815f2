import type { FunctionDeclaration, Overload } from "../functions/index.ts";
import type { Type } from "../types/index.ts";
import { CelError, Duration, type Result, Timestamp, type Value } from "../values/index.ts";

/** What functions say to arguments that they cannot take. */
export const NO_SUCH_OVERLOAD = new CelError("no such overload");

export type Call = Overload["call"];

/** The signatures of a function: the id, the parameters and the result of each; a method if the id stands behind a dot. */
export type Signature = readonly [id: string, parameters: readonly Type[], result: Type];

/** A function that does the same for all of its overloads, and finds out itself which arguments it cannot take. */
export function total(
  name: string,
  signatures: readonly Signature[],
  call: Call,
  costs: Readonly<Record<string, NonNullable<Overload["cost"]>>> = {},
): FunctionDeclaration {
  return {
    name,
    overloads: signatures.map((signature) => ({
      ...overload(signature, call),
      ...costOf(signature, costs),
      unguarded: true,
    })),
  };
}

function costOf(
  [id]: Signature,
  costs: Readonly<Record<string, NonNullable<Overload["cost"]>>>,
): Pick<Overload, "cost"> {
  const cost = costs[id];
  return cost === undefined ? {} : { cost };
}

/** An overload of a function that is called by its name. */
export function overload([id, parameters, result]: Signature, call: Call): Overload {
  return { id, isMember: false, parameters, result, call };
}

/** An overload that is called as a method of its first parameter. */
export function method(signature: Signature, call: Call): Overload {
  return { ...overload(signature, call), isMember: true };
}

/**
 * What cel-go says if a function cannot take its first argument: texts, timestamps and durations have methods of their own, and
 * do not know which function it is about. Source: `evalUnary.Eval` and the trait `ReceiverType` of cel-go.
 */
export function noOverload(name: string, first: Value): Result {
  const isReceiver = typeof first === "string" || first instanceof Timestamp || first instanceof Duration;
  return isReceiver ? NO_SUCH_OVERLOAD : new CelError(`no such overload: ${name}`);
}
