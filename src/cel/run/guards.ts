import type { Overload } from "../functions/index.ts";
import type { Kind, Type } from "../types/index.ts";
import {
  Bytes,
  CelError,
  Duration,
  List,
  MapValue,
  ObjectValue,
  type Result,
  Timestamp,
  typeOf,
  TypeValue,
  Uint,
  type Value,
} from "../values/index.ts";

type Guard = (value: Value) => boolean;

const GUARDS: Partial<Record<Kind, Guard>> = {
  bool: (value) => typeof value === "boolean",
  int: (value) => typeof value === "bigint",
  uint: (value) => value instanceof Uint,
  double: (value) => typeof value === "number",
  string: (value) => typeof value === "string",
  bytes: (value) => value instanceof Bytes,
  null: (value) => value === null,
  duration: (value) => value instanceof Duration,
  timestamp: (value) => value instanceof Timestamp,
  type: (value) => value instanceof TypeValue,
  dyn: () => true,
  parameter: () => true,
};

/**
 * Tells whether a value can be an argument for a parameter. Of lists and maps only what comes first is looked at. Source:
 * `defaultIsAssignableRuntimeType` of cel-go.
 */
function guardOf({ kind, name, parameters }: Type): Guard {
  const [first, second] = parameters.map(guardOf);
  if (kind === "list") return (value) => value instanceof List && (value.size === 0 || first?.(value.at(0)) !== false);
  if (kind === "map") return (value) => value instanceof MapValue && holdsFirst(value, first, second);
  return GUARDS[kind] ?? ((value) => value instanceof ObjectValue && value.type.name === name);
}

function holdsFirst(map: MapValue, guardKey: Guard | undefined, guardValue: Guard | undefined): boolean {
  for (const key of map.keys()) {
    const value = map.get(key);
    const isRight = value === undefined || value instanceof CelError || guardValue?.(value) !== false;
    return guardKey?.(key) !== false && isRight;
  }
  return true;
}

/** An overload that takes only arguments of its types. */
export interface Guarded {
  readonly overload: Overload;
  accepts(args: readonly Value[]): boolean;
}

export function guarded(overload: Overload): Guarded {
  const guards = overload.parameters.map(guardOf);
  return {
    overload,
    accepts: (args) => args.length === guards.length && guards.every((guard, index) => guard(args[index] ?? null)),
  };
}

/** What is said if no overload takes the arguments. Source: `MaybeNoSuchOverload` of cel-go. */
export function noSuchOverload(name: string, args: readonly Value[]): Result {
  return new CelError(`no such overload: ${name}(${args.map((value) => typeOf(value).name).join(", ")})`);
}
