import { describe, expect, it } from "@jest/globals";
import type { Expression } from "#src/cel/ast/index.ts";
import { check, type Reference } from "#src/cel/check/index.ts";
import { typeText } from "#src/cel/types/index.ts";
import { accepted, parsed, SCOPE } from "./expressions.ts";

/** What the root of an expression stands for. */
function rootReference(source: string): Reference | undefined {
  const ast = parsed(source);
  const result = check(ast, SCOPE);
  return "issues" in result ? undefined : result.references.get(ast.expression.id);
}

function text(reference: Reference | undefined): string {
  if (reference === undefined) return "nothing";
  if (reference.kind === "variable") return `variable ${reference.name}`;
  if (reference.kind === "type")
    return `type ${reference.name}: ${reference.value === undefined ? "none" : typeText(reference.value)}`;
  const { declaration, overloads, isMember } = reference;
  return `${isMember ? "method" : "function"} ${declaration.name}: ${overloads.map(({ id }) => id).join(" ")}`;
}

describe("what a name or a call stands for", () => {
  it.each([
    ["i", "variable i"],
    [".i", "variable i"],
    ["authorizer.requestResource", "variable authorizer.requestResource"],
    ["service.spec", "nothing"],
    ["labels.?a", "nothing"],
    ["int", "type int: int"],
    ["list", "type list: list(A)"],
    ["net.IP", "type net.IP: net.IP"],
    ["google.protobuf.Timestamp", "type google.protobuf.Timestamp: google.protobuf.Timestamp"],
    // The API server knows these as types, but has no value for them.
    ["duration", "type duration: none"],
    ["Service", "type Service: none"],
    ["ServiceSpec{}", "type ServiceSpec: ServiceSpec"],
    ["strings.quote('a')", "function strings.quote: strings_quote"],
    ["1 + 2", "function _+_: add_int64"],
    ["b && b", "function _&&_: logical_and"],
    ["d[0]", "function _[_]: index_list index_map optional_list_index_int optional_map_index_value"],
    ["1 in d", "function @in: in_list in_map"],
    ["s.matches('a')", "method matches: matches_string"],
    ["size(ints)", "function size: size_list"],
    ["ints.size()", "method size: list_size"],
  ])("%s: %s", (source, expected) => {
    expect(text(rootReference(source))).toBe(expected);
  });

  it("finds the variables of macros, also where they hold types", () => {
    const ast = parsed("[int].all(t, t == int)");
    const { references } = accepted("[int].all(t, t == int)");
    const names = [...identifiers(ast.expression)].map((id) => text(references.get(id)));
    expect(names).toContain("type t: none");
    expect(names).toContain("type int: int");
    expect(names).toContain("variable @result");
  });
});

function* identifiers(node: Expression): Generator<number> {
  if (node.kind === "identifier") yield node.id;
  else if (node.kind === "call") for (const arg of node.args) yield* identifiers(arg);
  else if (node.kind === "list") for (const element of node.elements) yield* identifiers(element);
  else if (node.kind === "comprehension")
    for (const part of [node.range, node.condition, node.step, node.result]) yield* identifiers(part);
}
