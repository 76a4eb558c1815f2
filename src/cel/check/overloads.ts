import type { FunctionDeclaration, Overload } from "../functions/index.ts";
import { DYN, type Type, typeParameter } from "../types/index.ts";
import { isSameType, mapParameters, type Substitutions } from "./substitutions.ts";

/** What a call comes to. */
export interface Resolution {
  readonly overloads: readonly Overload[];
  readonly result: Type;
}

/** Where new type parameters, whose names no other has, come from. */
export type FreshParameter = () => Type;

/**
 * The overloads of a function that take arguments of the types. If these differ in their result, it is a dyn. Undefined if there is
 * none (cel-go: `checker.resolveOverload`).
 * @param types of the arguments; that of the target first, if it is a method
 */
export function resolveOverloads(
  { overloads }: FunctionDeclaration,
  isMember: boolean,
  types: readonly Type[],
  substitutions: Substitutions,
  fresh: FreshParameter,
): Resolution | undefined {
  const matching: Overload[] = [];
  let result: Type | undefined;
  for (const overload of overloads) {
    if (overload.isMember !== isMember) continue;
    const signature = instantiated(overload, fresh);
    if (!substitutions.areAssignable(types, signature.parameters)) continue;
    matching.push(overload);
    const type = substitutions.resolve(signature.result);
    if (result === undefined) result = type;
    else if (result.kind !== "dyn" && !isSameType(type, result)) result = DYN;
  }
  return result === undefined ? undefined : { overloads: matching, result };
}

type Signature = Pick<Overload, "parameters" | "result">;

/** The names of the type parameters of each overload: signatures do not change. */
const parameterNames = new WeakMap<Overload, readonly string[]>();

/** The signature with type parameters of its own: `T` of one call is not that of another. */
function instantiated(overload: Overload, fresh: FreshParameter): Signature {
  const names = namesOf(overload);
  if (names.length === 0) return overload;
  const parameters = new Map(names.map((name) => [name, fresh()]));
  const replace = (type: Type): Type =>
    type.kind === "parameter" ? (parameters.get(type.name) ?? type) : mapParameters(type, replace);
  return { parameters: overload.parameters.map(replace), result: replace(overload.result) };
}

function namesOf(overload: Overload): readonly string[] {
  let names = parameterNames.get(overload);
  if (names === undefined) {
    const found = new Set<string>();
    const collect = (type: Type): void => {
      if (type.kind === "parameter") found.add(type.name);
      type.parameters.forEach(collect);
    };
    [overload.result, ...overload.parameters].forEach(collect);
    names = [...found];
    parameterNames.set(overload, names);
  }
  return names;
}

/** Hands out parameters that are named as cel-go names them: messages show those that nothing was found out about. */
export function freshParameters(): FreshParameter {
  let count = 0;
  return () => typeParameter(`_var${count++}`);
}
