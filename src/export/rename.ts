import type { Expression } from "../cel/ast/index.ts";
import { parse } from "../cel/syntax/index.ts";
import type { Cel } from "../policy/in-cel/index.ts";

/**
 * An expression that is valid, with other expressions in the place of free names. What a comprehension calls so stays.
 * @param names what stands for each name; parenthesized where it needs to be
 */
export function withNames(source: Cel, names: ReadonlyMap<string, Cel>): Cel {
  const parsed = parse(source, { optionals: true, twoVariables: true, sorting: true });
  if ("issues" in parsed) return source;
  const { ast } = parsed;
  const uses = new Map<number, string>();
  collect(ast.expression, new Set(), ({ id, name }) => {
    const offset = ast.offsets.get(id);
    if (offset !== undefined && names.has(name)) uses.set(offset, name);
  });
  const points = Array.from(ast.source);
  let text = "";
  let at = 0;
  for (const [offset, name] of [...uses].sort(([one], [other]) => one - other)) {
    text += points.slice(at, offset).join("") + (names.get(name) ?? name);
    at = offset + Array.from(name).length;
  }
  return text + points.slice(at).join("");
}

type Found = (identifier: { readonly id: number; readonly name: string }) => void;

/** Calls back for each free name. */
function collect(expression: Expression, bound: ReadonlySet<string>, found: Found): void {
  const each = (parts: readonly Expression[], inner = bound): void => {
    for (const part of parts) collect(part, inner, found);
  };
  switch (expression.kind) {
    case "literal":
      return;
    case "identifier":
      if (!bound.has(expression.name)) found(expression);
      return;
    case "select":
      each([expression.operand]);
      return;
    case "call":
      each(expression.target === undefined ? expression.args : [expression.target, ...expression.args]);
      return;
    case "list":
      each(expression.elements);
      return;
    case "map":
      each(expression.entries.flatMap(({ key, value }) => [key, value]));
      return;
    case "struct":
      each(expression.fields.map(({ value }) => value));
      return;
    case "comprehension": {
      const { range, initial, condition, step, result, variable, secondVariable, accumulator } = expression;
      each([range, initial]);
      const own = secondVariable === undefined ? [variable] : [variable, secondVariable];
      each([condition, step], new Set([...bound, accumulator, ...own]));
      each([result], new Set([...bound, accumulator]));
    }
  }
}
