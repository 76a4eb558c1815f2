import type { Ast, Expression } from "#src/cel/ast/index.ts";
import { Bytes, Uint, type Value } from "#src/cel/values/index.ts";

/** A tree on one line, each node with its offset: `_+_@2(a@0, 1@4)`. */
export function treeText({ expression, offsets }: Ast): string {
  return textOf(expression);

  function textOf(node: Expression): string {
    const at = `@${offsets.get(node.id) ?? "nowhere"}`;
    switch (node.kind) {
      case "literal":
        return `${literalText(node.value)}${at}`;
      case "identifier":
        return `${node.name}${at}`;
      case "select":
        return `${node.isTest ? "has " : ""}${textOf(node.operand)}.${node.field}${at}`;
      case "call": {
        const target = node.target === undefined ? "" : `${textOf(node.target)}.`;
        return `${target}${node.function}${at}(${listText(node.args)})`;
      }
      case "list": {
        const elements = node.elements.map(
          (element, index) => `${node.optionalIndices.includes(index) ? "?" : ""}${textOf(element)}`,
        );
        return `[${elements.join(", ")}]${at}`;
      }
      case "map": {
        const entries = node.entries.map(
          ({ id, key, value, isOptional }) => `${mark(isOptional)}${textOf(key)} :@${offsets.get(id)} ${textOf(value)}`,
        );
        return `{${entries.join(", ")}}${at}`;
      }
      case "struct": {
        const fields = node.fields.map(
          ({ id, field, value, isOptional }) => `${mark(isOptional)}${field} :@${offsets.get(id)} ${textOf(value)}`,
        );
        return `${node.name}{${fields.join(", ")}}${at}`;
      }
      case "comprehension": {
        const variables = [node.variable, ...(node.secondVariable === undefined ? [] : [node.secondVariable])];
        const parts = [node.initial, node.condition, node.step, node.result].map(textOf);
        return `fold${at}(${variables.join(", ")} of ${textOf(node.range)}; ${node.accumulator} = ${parts.join("; ")})`;
      }
    }
  }

  function listText(nodes: readonly Expression[]): string {
    return nodes.map(textOf).join(", ");
  }
}

function mark(isOptional: boolean): string {
  return isOptional ? "?" : "";
}

function literalText(value: Value): string {
  if (value instanceof Bytes) return `b[${value.bytes.join(" ")}]`;
  if (value instanceof Uint) return `${value.value}u`;
  if (typeof value === "number") return `double ${Object.is(value, -0) ? "-0" : value}`;
  return typeof value === "bigint" ? String(value) : JSON.stringify(value);
}
