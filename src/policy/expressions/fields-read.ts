import { type Ast, type Expression, partsOf } from "../../cel/ast/index.ts";
import { Path } from "../../field/index.ts";

/**
 * The field of the object that an expression is about: the one that it reads, or of several the part that they have in
 * common. It is where a report shows the finding; the root if the expression reads no field of the object.
 */
export function fieldOf({ expression }: Ast): Path {
  const chains: (readonly string[])[] = [];
  collect(expression, chains);
  const [first = [], ...others] = chains;
  const common = others.reduce((shared, chain) => shared.slice(0, sharedLength(shared, chain)), first);
  return common.reduce<Path>((path, name, i) => {
    const isEntry = MAPS.has(common[i - 1] ?? "");
    return isEntry ? path.key(name) : path.child(name);
  }, Path.root);
}

/** The fields whose entries have names of the user's own. */
const MAPS: ReadonlySet<string> = new Set(["labels", "annotations", "selector"]);

function sharedLength(one: readonly string[], other: readonly string[]): number {
  const end = one.findIndex((name, i) => name !== other[i]);
  return end < 0 ? one.length : end;
}

function collect(expression: Expression, chains: (readonly string[])[]): void {
  const chain = chainOf(expression);
  if (chain !== undefined) {
    if (chain.length > 0) chains.push(chain);
    return;
  }
  for (const inner of partsOf(expression)) collect(inner, chains);
}

/** The names in `object.a.b`; undefined for any other expression. */
function chainOf(expression: Expression): readonly string[] | undefined {
  if (expression.kind === "identifier") return expression.name === "object" ? [] : undefined;
  if (expression.kind === "select") return extended(expression.operand, expression.field);
  if (expression.kind !== "call" || !INDEX_OPERATORS.has(expression.function)) return undefined;
  const [operand, key] = expression.args;
  if (operand === undefined || key?.kind !== "literal" || typeof key.value !== "string") return undefined;
  return extended(operand, key.value);
}

/** `a["b"]`, `a[?"b"]` and `a.?b` */
const INDEX_OPERATORS: ReadonlySet<string> = new Set(["_[_]", "_[?_]", "_?._"]);

function extended(operand: Expression, name: string): readonly string[] | undefined {
  const chain = chainOf(operand);
  return chain === undefined ? undefined : [...chain, name];
}
