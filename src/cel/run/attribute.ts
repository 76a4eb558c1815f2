import { CelError, NONE, Optional, type Result, TypeValue, Uint, type Value } from "../values/index.ts";
import type { Frame, Run } from "./frame.ts";
import { nativeTypeName } from "./go-types.ts";
import { missing, select } from "./qualify.ts";

/** One selection: `.key`, `[key]`, `.?key`, `[?key]`, or the last one of `has(value.key)`. */
export interface Qualifier {
  /** A constant, or what finds it out. */
  readonly key: Value | Run;
  readonly isOptional: boolean;
  /** Whether it is only told if there is something. */
  readonly isTest: boolean;
}

/** A value that can be selected from, and what is selected: it costs by the selections, not by what stands at its root. */
export interface Attribute {
  /** What it costs beside the selections. */
  readonly cost: number;
  /** Evaluates it without that cost. */
  readonly resolve: Run;
  with(qualifier: Qualifier): Attribute;
}

/** The value of a variable, or of any expression, and what is selected from it. */
export function rooted(root: Run, qualifiers: readonly Qualifier[] = []): Attribute {
  return {
    cost: 1,
    resolve: qualifiers.length === 0 ? (frame) => rewrapped(root(frame)) : selecting(root, qualifiers),
    with: (qualifier) => rooted(root, [...qualifiers, qualifier]),
  };
}

/**
 * A choice: what is selected from it is selected from what was chosen. Source: `conditionalAttribute` of cel-go, which costs nothing
 * itself.
 */
export function chosen(condition: Run, truthy: Attribute, falsy: Attribute): Attribute {
  return {
    cost: 0,
    resolve: (frame) => {
      const isTrue = condition(frame);
      if (isTrue === true) return truthy.resolve(frame);
      if (isTrue === false) return falsy.resolve(frame);
      return isTrue instanceof CelError ? isTrue : NO_SUCH_OVERLOAD;
    },
    with: (qualifier) => chosen(condition, truthy.with(qualifier), falsy.with(qualifier)),
  };
}

const NO_SUCH_OVERLOAD = new CelError("no such overload");

/**
 * Applies qualifiers one after the other. From the first optional one on, as from an optional value, what is missing makes the whole
 * an empty optional value. Source: `applyQualifiers` of cel-go.
 */
function selecting(root: Run, qualifiers: readonly Qualifier[]): Run {
  if (qualifiers.every(isPlain))
    return selectingKeys(
      root,
      qualifiers.map(({ key }) => key),
    );
  return (frame) => {
    const start = root(frame);
    if (start instanceof CelError || start === NONE) return start;
    let isOptional = start instanceof Optional;
    let value = start instanceof Optional ? unwrapped(start) : start;
    for (const qualifier of qualifiers) {
      isOptional ||= qualifier.isOptional;
      const next = isOptional ? optionally(frame, qualifier, value) : plainly(frame, qualifier, value);
      if (next === undefined) return NONE;
      if (next instanceof CelError) return next;
      value = next;
    }
    return isOptional ? new Optional(value) : value;
  };
}

interface PlainQualifier extends Qualifier {
  readonly key: Value;
}

function isPlain(qualifier: Qualifier): qualifier is PlainQualifier {
  return typeof qualifier.key !== "function" && !qualifier.isOptional && !qualifier.isTest;
}

/** The most frequent case by far: `object.spec.type`. */
function selectingKeys(root: Run, keys: readonly Value[]): Run {
  return (frame) => {
    let value = root(frame);
    if (value instanceof CelError || value instanceof Optional)
      return value instanceof Optional ? within(frame, value, keys) : value;
    for (const key of keys) {
      frame.charge(1);
      const found = select(value, key);
      const next: Result = found === undefined ? missing(value, key) : found;
      if (next instanceof CelError) return next;
      value = next;
    }
    return value;
  };
}

/**
 * What an optional value holds, as a value of Go: an optional value in it is one no more, a type is its name. Source:
 * `applyQualifiers` of cel-go, and the methods `Value` of its types.
 */
function unwrapped({ value }: Optional): Value {
  if (value instanceof Optional) return unwrapped(value);
  return value instanceof TypeValue ? value.value.name : (value ?? null);
}

/** The value of a variable or a choice: of an optional value, what it holds becomes a value of Go for a moment. */
function rewrapped(result: Result): Result {
  const isChanged =
    result instanceof Optional && (result.value instanceof Optional || result.value instanceof TypeValue);
  return isChanged ? new Optional(unwrapped(result)) : result;
}

/** Selects from what an optional value holds. */
function within(frame: Frame, optional: Optional, keys: readonly Value[]): Result {
  if (optional === NONE) return NONE;
  let value = unwrapped(optional);
  for (const key of keys) {
    const next = optionally(frame, { key, isOptional: true, isTest: false }, value);
    if (next === undefined) return NONE;
    if (next instanceof CelError) return next;
    value = next;
  }
  return new Optional(value);
}

/** Selects what must be there. It costs 1 even if it fails. */
function plainly(frame: Frame, { key, isTest }: Qualifier, value: Value): Result {
  const known = keyOf(frame, key);
  frame.charge(1);
  if (known instanceof CelError) return known;
  const found = select(value, known);
  if (found instanceof CelError) return found;
  if (isTest) return found !== undefined;
  return found === undefined ? missing(value, known) : found;
}

/** Selects what may be missing: undefined if it is. It costs 1 if it is there. */
function optionally(frame: Frame, { key }: Qualifier, value: Value): Result | undefined {
  const known = keyOf(frame, key);
  if (known instanceof CelError) return known;
  const found = select(value, known);
  if (found !== undefined && !(found instanceof CelError)) frame.charge(1);
  return found;
}

function keyOf(frame: Frame, key: Value | Run): Result {
  if (typeof key !== "function") return key;
  const known = key(frame);
  if (known instanceof CelError || isKey(known)) return known;
  return new CelError(`invalid qualifier type: ${nativeTypeName(known)}`);
}

/** Whether something can be selected by a value of its type. Source: `newQualifier` of cel-go. */
export function isKey(key: Value): boolean {
  return key !== null && (typeof key !== "object" || key instanceof Uint);
}
