import { type Ast, type Expression, partsOf } from "../../cel/ast/index.ts";
import { Path } from "../../field/index.ts";

/** Fields of the object, each as the names that lead to it. */
export type Fields = readonly (readonly string[])[];

/**
 * The fields of the object that an expression reads.
 * @param ofVariables the fields that variables read, by their names: an expression that uses a variable reads them, too
 */
export function fieldsRead({ expression }: Ast, ofVariables: ReadonlyMap<string, Fields>): Fields {
  const fields: (readonly string[])[] = [];
  collect(expression, ofVariables, fields);
  return fields;
}

/**
 * The field that an expression is about: the one that it reads, or of several the part that they have in common. It is
 * where a report shows the finding; the root if the expression reads no field of the object.
 */
export function commonField([first = [], ...others]: Fields): Path {
  const common = others.reduce((shared, field) => shared.slice(0, sharedLength(shared, field)), first);
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

function collect(
  expression: Expression,
  ofVariables: ReadonlyMap<string, Fields>,
  fields: (readonly string[])[],
): void {
  const chain = chainOf(expression);
  if (chain !== undefined) {
    if (chain.length > 0) fields.push(chain);
    return;
  }
  if (expression.kind === "select" && isVariables(expression.operand)) {
    fields.push(...(ofVariables.get(expression.field) ?? []));
    return;
  }
  for (const inner of partsOf(expression)) collect(inner, ofVariables, fields);
}

function isVariables(expression: Expression): boolean {
  return expression.kind === "identifier" && expression.name === "variables";
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
