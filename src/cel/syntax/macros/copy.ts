import type { Expression } from "../../ast/index.ts";

/** Where the ids of a copy come from. */
export interface IdSource {
  /** A new id for a copy of the node with an id. */
  idLike(id: number): number;
  /** A new id for an entry of a map or a field of a struct. */
  newId(): number;
}

/** A copy of an expression; ids are given in the order in which cel-go gives them (parser/helper.go: `Copy`). */
export function copyOf(expression: Expression, ids: IdSource): Expression {
  const id = ids.idLike(expression.id);
  const copied = (part: Expression) => copyOf(part, ids);
  switch (expression.kind) {
    case "literal":
    case "identifier":
      return { ...expression, id };
    case "select":
      return { ...expression, id, operand: copied(expression.operand) };
    case "call": {
      const args = expression.args.map(copied);
      return expression.target === undefined
        ? { ...expression, id, args }
        : { ...expression, id, args, target: copied(expression.target) };
    }
    case "list":
      return { ...expression, id, elements: expression.elements.map(copied) };
    case "map":
      return {
        ...expression,
        id,
        entries: expression.entries.map((entry) => ({
          ...entry,
          id: ids.newId(),
          key: copied(entry.key),
          value: copied(entry.value),
        })),
      };
    case "struct":
      return {
        ...expression,
        id,
        fields: expression.fields.map((field) => ({ ...field, id: ids.newId(), value: copied(field.value) })),
      };
    case "comprehension":
      return {
        ...expression,
        id,
        range: copied(expression.range),
        initial: copied(expression.initial),
        condition: copied(expression.condition),
        step: copied(expression.step),
        result: copied(expression.result),
      };
  }
}
