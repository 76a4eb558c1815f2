import type { Expression } from "../ast/index.ts";
import { OPTIONAL_NAME, type Type } from "../types/index.ts";
import { checkedTypeText, isSameType, MESSAGES } from "../check/index.ts";
import type { Finding, Subject } from "./subject.ts";

/**
 * Lists whose elements, and maps whose keys or values have not the very same type: for the checker they hold dyns, and a dyn fits
 * an int, but it is another type here (cel-go: `ValidateHomogeneousAggregateLiterals`).
 */
export function* mixedLiterals(subject: Subject): Generator<Finding> {
  for (const { elements, optionalIndices } of subject.lists) {
    const optional = new Set(optionalIndices);
    const items = elements.map((node, i) => ({ node, isOptional: optional.has(i) }));
    const { value: first } = differing(items, subject).next();
    if (first !== undefined) yield first;
  }
  for (const { entries } of subject.maps) {
    const keys = entries.map(({ key }) => ({ node: key, isOptional: false }));
    const values = entries.map(({ value, isOptional }) => ({ node: value, isOptional }));
    yield* differing(keys, subject);
    yield* differing(values, subject);
  }
}

interface Item {
  readonly node: Expression;
  readonly isOptional: boolean;
}

function* differing(items: readonly Item[], { typeOf }: Subject): Generator<Finding, undefined> {
  let expected: Type | undefined;
  for (const { node, isOptional } of items) {
    const type = typeOf(node);
    const found = isOptional ? valueType(type) : type;
    if (found === undefined) {
      // The API server does not get over it: it panics.
      yield { id: node.id, message: `an optional element of type '${checkedTypeText(type)}' crashes the API server` };
      continue;
    }
    expected ??= found;
    if (!isSameType(expected, found)) yield { id: node.id, message: MESSAGES.typeMismatch(expected, found) };
  }
  return undefined;
}

function valueType({ name, parameters }: Type): Type | undefined {
  return name === OPTIONAL_NAME ? parameters[0] : undefined;
}
