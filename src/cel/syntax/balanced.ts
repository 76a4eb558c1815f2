import type { Expression } from "../ast/index.ts";

/**
 * `a && b && c && d` as `(a && b) && (c && d)`: a balanced tree, so that many terms do not make it deep (cel-go, parser/helper.go:
 * `logicManager`).
 *
 * @param ids of the operators between the terms
 */
export function balanced(operator: string, terms: readonly Expression[], ids: readonly number[]): Expression {
  const [only] = terms;
  if (only !== undefined && terms.length === 1) return only;
  const middle = (terms.length + 1) >> 1;
  return {
    kind: "call",
    id: ids[middle - 1] ?? 0,
    function: operator,
    args: [
      balanced(operator, terms.slice(0, middle), ids.slice(0, middle - 1)),
      balanced(operator, terms.slice(middle), ids.slice(middle)),
    ],
  };
}
