import type { ParserRuleContext, Token } from "antlr4ng";
import {
  BINARY,
  CONDITIONAL,
  type Expression,
  INDEX,
  LOGICAL_AND,
  LOGICAL_NOT,
  LOGICAL_OR,
  NEGATE,
  OPTIONAL_INDEX,
  OPTIONAL_SELECT,
} from "../ast/index.ts";
import { balanced } from "./balanced.ts";
import * as grammar from "./grammar/index.ts";
import { NOWHERE } from "./lines.ts";
import { literalOf } from "./literals.ts";
import { Expansion, MacroError, macroOf } from "./macros/index.ts";
import type { Syntax } from "./syntax.ts";
import { Stop, type Workpiece } from "./workpiece.ts";

/** The nesting of expressions that cel-go's parser takes (parser/parser.go: `maxRecursionDepth`). */
const DEEPEST_EXPRESSION = 250;

/** Words that are no names of variables nor functions, but of fields. */
const RESERVED = new Set(
  (
    "as break const continue else false for function if import in let loop package namespace null return true var void " +
    "while"
  ).split(" "),
);

/** A part of a parse tree; after a syntax error there may be none. */
type Part = ParserRuleContext | null | undefined;

/**
 * The expression of a parse tree (cel-go, parser/parser.go: `Visit`). Mistakes are reported to the workpiece, with those that
 * follow from syntax errors. Ids are given in cel-go's order.
 *
 * @throws {Stop} where the expression is too deep
 */
export function expressionOf(tree: grammar.SourceContext, work: Workpiece, syntax: Syntax): Expression {
  return new Builder(work, syntax).expression(tree._body);
}

class Builder {
  readonly #work: Workpiece;
  readonly #syntax: Syntax;
  #depth = 0;

  constructor(work: Workpiece, syntax: Syntax) {
    this.#work = work;
    this.#syntax = syntax;
  }

  expression(part: Part): Expression {
    const tree = significant(part);
    if (tree instanceof grammar.EitherContext) return this.#chain(LOGICAL_OR, tree);
    if (tree instanceof grammar.BothContext) return this.#chain(LOGICAL_AND, tree);
    if (tree instanceof grammar.NotContext) return this.#unary(LOGICAL_NOT, tree);
    if (tree instanceof grammar.MinusContext) return this.#unary(NEGATE, tree);
    if (tree instanceof grammar.NameContext) return this.#name(tree);
    if (tree instanceof grammar.FunctionCallContext) return this.#functionCall(tree);
    if (tree instanceof grammar.NewListContext) return this.#list(tree);
    if (tree instanceof grammar.NewMapContext) return this.#map(tree);
    if (tree instanceof grammar.NewStructContext) return this.#struct(tree);
    if (tree instanceof grammar.LiteralContext) return literalOf(tree, this.#work);
    if (tree instanceof grammar.SignedContext) return this.#work.unknown(tree);
    const deeper = this.#deeper(tree);
    if (deeper === undefined) return this.#work.unknown();
    if (++this.#depth > DEEPEST_EXPRESSION) {
      this.#work.report(NOWHERE, "max recursion depth exceeded");
      throw new Stop();
    }
    const expression = deeper();
    this.#depth--;
    return expression;
  }

  /** Makes an expression of one of the kinds whose depth counts. */
  #deeper(tree: Part): (() => Expression) | undefined {
    if (tree instanceof grammar.FieldOfContext) return () => this.#field(tree);
    if (tree instanceof grammar.MethodCallContext) return () => this.#methodCall(tree);
    if (tree instanceof grammar.IndexOfContext) return () => this.#index(tree);
    if (tree instanceof grammar.ExpressionContext) return () => this.#conditional(tree);
    if (tree instanceof grammar.ComparisonContext || tree instanceof grammar.SumContext)
      return () => this.#binary(tree);
    return undefined;
  }

  #conditional(tree: grammar.ExpressionContext): Expression {
    const test = this.expression(tree._test);
    const id = this.#work.id(tree._mark);
    return {
      kind: "call",
      id,
      function: CONDITIONAL,
      args: [test, this.expression(tree._yes), this.expression(tree._no)],
    };
  }

  #chain(operator: string, tree: grammar.EitherContext | grammar.BothContext): Expression {
    const terms = [this.expression(tree._first)];
    const ids: number[] = [];
    for (const [index, mark] of tree._marks.entries()) {
      const other = tree._others[index];
      if (other === undefined) {
        return this.#work.reportAt(tree, `unexpected character, wanted '${operator === LOGICAL_OR ? "||" : "&&"}'`);
      }
      terms.push(this.expression(other));
      ids.push(this.#work.id(mark));
    }
    return balanced(operator, terms, ids);
  }

  #binary(tree: grammar.ComparisonContext | grammar.SumContext): Expression {
    const operator = BINARY[tree._mark?.text ?? ""];
    if (operator === undefined) return this.#work.reportAt(tree, "operator not found");
    const left = this.expression(tree._left);
    const id = this.#work.id(tree._mark);
    return { kind: "call", id, function: operator, args: [left, this.expression(tree._right)] };
  }

  /** An even number of the operators is none. */
  #unary(operator: string, tree: grammar.NotContext | grammar.MinusContext): Expression {
    if (tree._marks.length % 2 === 0) return this.expression(tree._operand);
    const id = this.#work.id(tree._marks[0]);
    return { kind: "call", id, function: operator, args: [this.expression(tree._operand)] };
  }

  #field(tree: grammar.FieldOfContext): Expression {
    const operand = this.expression(tree._operand);
    const { _field: name, _mark: mark } = tree;
    if (name === undefined || mark === null || mark === undefined) return this.#work.unknown(tree);
    const field = this.#fieldName(name, name);
    if (isMissing(tree._optional)) return { kind: "select", id: this.#work.id(mark), operand, field, isTest: false };
    if (!this.#syntax.optionals) return this.#work.reportAt(mark, "unsupported syntax '.?'");
    const value: Expression = { kind: "literal", id: this.#work.id(name), value: field };
    return { kind: "call", id: this.#work.id(mark), function: OPTIONAL_SELECT, args: [operand, value] };
  }

  /** A field's name; quoted names are a part of the language that the API server does not switch on. */
  #fieldName(name: grammar.FieldNameContext | undefined, place: ParserRuleContext): string {
    if (name instanceof grammar.SimpleNameContext) return name._name?.text ?? "";
    const problem = name instanceof grammar.QuotedNameContext ? "unsupported syntax: '`'" : "unsupported ident kind";
    this.#work.reportAt(place, problem);
    return "";
  }

  #index(tree: grammar.IndexOfContext): Expression {
    const operand = this.expression(tree._operand);
    const { _mark: mark } = tree;
    if (isMissing(mark)) return this.#work.unknown(tree);
    const id = this.#work.id(mark);
    const args = [operand, this.expression(tree._index)];
    if (isMissing(tree._optional)) return { kind: "call", id, function: INDEX, args };
    if (!this.#syntax.optionals) return this.#work.reportAt(mark, "unsupported syntax '[?'");
    return { kind: "call", id, function: OPTIONAL_INDEX, args };
  }

  #name(tree: grammar.NameContext): Expression {
    const { _name: name } = tree;
    if (isMissing(name)) return this.#work.unknown(tree);
    return this.#reserved(tree, name) ?? { kind: "identifier", id: this.#work.id(name), name: rooted(tree._dot, name) };
  }

  #functionCall(tree: grammar.FunctionCallContext): Expression {
    const { _name: name } = tree;
    if (isMissing(name)) return this.#work.unknown(tree);
    const refused = this.#reserved(tree, name);
    if (refused !== undefined) return refused;
    const id = this.#work.id(tree._mark);
    return this.#call(id, rooted(tree._dot, name), undefined, this.#all(tree._args?._items));
  }

  #methodCall(tree: grammar.MethodCallContext): Expression {
    const target = this.expression(tree._operand);
    const { _name: name } = tree;
    if (isMissing(name)) return this.#work.unknown(tree);
    const id = this.#work.id(tree._mark);
    return this.#call(id, name.text ?? "", target, this.#all(tree._args?._items));
  }

  #reserved(tree: ParserRuleContext, name: Token | null | undefined): Expression | undefined {
    const word = name?.text ?? "";
    return RESERVED.has(word) ? this.#work.reportAt(tree, `reserved identifier: ${word}`) : undefined;
  }

  /** A call of a function or a method, or what it is replaced by if it is one of a macro. */
  #call(id: number, name: string, target: Expression | undefined, args: readonly Expression[]): Expression {
    const call: Expression =
      target === undefined
        ? { kind: "call", id, function: name, args }
        : { kind: "call", id, function: name, target, args };
    const macro = macroOf(this.#syntax, name, target !== undefined, args.length);
    if (macro === undefined) return call;
    try {
      const expanded = macro.expand(new Expansion(this.#work, id), target ?? call, args);
      this.#work.dropId(id);
      return expanded;
    } catch (error) {
      if (!(error instanceof MacroError)) throw error;
      const offset = this.#work.offset(error.id);
      this.#work.dropId(id);
      return this.#work.reportAtOffset(offset, error.message);
    }
  }

  #all(parts: readonly ParserRuleContext[] = []): Expression[] {
    return parts.map((part) => this.expression(part));
  }

  #list(tree: grammar.NewListContext): Expression {
    const id = this.#work.id(tree._mark);
    const optionalIndices: number[] = [];
    const elements = (tree._elements?._items ?? []).map((item, index) => {
      const element = this.expression(item._value);
      if (isMissing(item._mark)) return element;
      if (this.#syntax.optionals) optionalIndices.push(index);
      else this.#work.reportAt(item._mark, "unsupported syntax '?'");
      return element;
    });
    return { kind: "list", id, elements, optionalIndices };
  }

  #map(tree: grammar.NewMapContext): Expression {
    const id = this.#work.id(tree._mark);
    const { _keys: keys = [], _marks: marks = [], _values: values = [] } = tree._entries ?? {};
    const entries = [];
    for (const [index, mark] of marks.entries()) {
      const entryId = this.#work.id(mark);
      const key = keys[index];
      const value = values[index];
      // After a syntax error.
      if (key === undefined || value === undefined) break;
      if (this.#refuseOptional(key, key._mark)) continue;
      entries.push({
        id: entryId,
        key: this.expression(key._value),
        value: this.expression(value),
        isOptional: !isMissing(key._mark),
      });
    }
    return { kind: "map", id, entries };
  }

  #struct(tree: grammar.NewStructContext): Expression {
    const name = tree._names.map(({ text }) => text ?? "").join(".");
    const id = this.#work.id(tree._mark);
    const list = tree._fields;
    const fields = [];
    for (const [index, field] of (list?._names ?? []).entries()) {
      const mark = list?._marks[index];
      const value = list?._values[index];
      // After a syntax error.
      if (list === undefined || mark === undefined || value === undefined) break;
      const fieldId = this.#work.id(mark);
      if (this.#refuseOptional(field, field._mark)) continue;
      if (!(field._name instanceof grammar.SimpleNameContext)) {
        this.#fieldName(field._name, list);
        continue;
      }
      fields.push({
        id: fieldId,
        field: this.#fieldName(field._name, list),
        value: this.expression(value),
        isOptional: !isMissing(field._mark),
      });
    }
    return { kind: "struct", id, name: isMissing(tree._dot) ? name : `.${name}`, fields };
  }

  /** Reports a `?` where the language has none; whether it did. */
  #refuseOptional(place: ParserRuleContext, mark: Token | null | undefined): boolean {
    if (this.#syntax.optionals || isMissing(mark)) return false;
    this.#work.reportAt(place, "unsupported syntax '?'");
    return true;
  }
}

function isMissing(token: Token | null | undefined): token is null | undefined {
  return token === null || token === undefined;
}

/** A name, with the dot that is before it, if there is one. */
function rooted(dot: Token | null | undefined, name: Token): string {
  return `${isMissing(dot) ? "" : "."}${name.text ?? ""}`;
}

/** The part of a tree that says something: a rule that only stands for another is left out. */
function significant(part: Part): Part {
  let tree = part;
  for (;;) {
    let inner: Part;
    if (tree instanceof grammar.ExpressionContext && isMissing(tree._mark)) inner = tree._test;
    else if (tree instanceof grammar.EitherContext && tree._marks.length === 0) inner = tree._first;
    else if (tree instanceof grammar.BothContext && tree._marks.length === 0) inner = tree._first;
    else if (tree instanceof grammar.ComparisonContext && isMissing(tree._mark)) inner = tree._whole;
    else if (tree instanceof grammar.SumContext && isMissing(tree._mark)) inner = tree._whole;
    else if (tree instanceof grammar.UnsignedContext || tree instanceof grammar.PlainContext) inner = tree._whole;
    else if (tree instanceof grammar.NestedContext) inner = tree._inner;
    else if (tree instanceof grammar.ConstantContext) inner = tree._constant;
    else return tree;
    tree = inner;
  }
}
