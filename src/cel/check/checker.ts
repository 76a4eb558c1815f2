import { spend } from "../effort/index.ts";
import { nearestWord } from "../../field/index.ts";
import {
  type Ast,
  type Call,
  type Comprehension,
  type Expression,
  type Issue,
  type ListExpression,
  LOGICAL_AND,
  LOGICAL_OR,
  type MapExpression,
  OPTIONAL_SELECT,
  type Select,
  type StructExpression,
} from "../ast/index.ts";
import type { FunctionDeclaration } from "../functions/index.ts";
import {
  BOOL,
  DYN,
  ERROR,
  INT,
  listType,
  mapType,
  OPTIONAL_NAME,
  optionalType,
  STRING,
  type Type,
} from "../types/index.ts";
import { typeOf } from "../values/index.ts";
import { isDynOrError, mostGeneral, Substitutions, TooComplex } from "./substitutions.ts";
import { MESSAGES } from "./messages.ts";
import { type Declared, Names, qualifiedName } from "./names.ts";
import { freshParameters, resolveOverloads } from "./overloads.ts";
import type { Reference } from "./reference.ts";
import type { Scope } from "./scope.ts";
import { messageTypeName } from "./well-known.ts";

const STEPS_PER_NODE = 10;

/**
 * Walks the tree once and finds out the types, in the order of cel-go's `checker.go`, as the order decides which issues there are.
 */
export class Checker {
  readonly types = new Map<number, Type>();
  readonly references = new Map<number, Reference>();
  /** In the order in which they were found. */
  readonly issues: Issue[] = [];
  readonly #ast: Ast;
  readonly #scope: Scope;
  readonly #names: Names;
  readonly #substitutions = new Substitutions();
  readonly #fresh = freshParameters();

  constructor(ast: Ast, scope: Scope) {
    this.#ast = ast;
    this.#scope = scope;
    this.#names = new Names(scope);
  }

  /** Checks the whole expression. Types that nothing was found out about become dyn. */
  run(): void {
    try {
      this.#run();
    } catch (error) {
      if (!(error instanceof TooComplex)) throw error;
      this.#report(this.#ast.expression.id, MESSAGES.tooComplex);
    }
  }

  #run(): void {
    this.#check(this.#ast.expression);
    for (const [id, type] of this.types) this.types.set(id, this.#substitutions.resolve(type, "dyn"));
    for (const [id, reference] of this.references) {
      // Only now it is known whether a variable of a macro holds types: the planner looks such names up among the types.
      if (reference.kind === "variable" && this.types.get(id)?.kind === "type")
        this.references.set(id, { kind: "type", name: reference.name, value: this.#names.typeValue(reference.name) });
    }
  }

  #check(expression: Expression): Type {
    spend(STEPS_PER_NODE);
    const type = this.#typeOf(expression);
    this.types.set(expression.id, type);
    return type;
  }

  #typeOf(expression: Expression): Type {
    switch (expression.kind) {
      case "literal":
        return typeOf(expression.value);
      case "identifier":
        return this.#identifier(expression.id, expression.name);
      case "select":
        return this.#select(expression);
      case "call":
        return this.#call(expression);
      case "list":
        return this.#list(expression);
      case "map":
        return this.#map(expression);
      case "struct":
        return this.#struct(expression);
      case "comprehension":
        return this.#comprehension(expression);
    }
  }

  #identifier(id: number, name: string): Type {
    const declared = this.#names.variable(name);
    return declared === undefined
      ? this.#undeclared(id, name, this.#names.nearestVariable(name))
      : this.#refer(id, declared);
  }

  #refer(id: number, { name, type }: Declared): Type {
    this.references.set(id, { kind: "variable", name });
    return type;
  }

  #select(select: Select): Type {
    const name = qualifiedName(select);
    const declared = name === undefined ? undefined : this.#names.variable(name);
    if (declared !== undefined) return this.#refer(select.id, declared);
    const type = this.#field(select.id, select.operand, select.field, false);
    return select.isTest ? BOOL : this.#substitutions.resolve(type);
  }

  /** The type of a field of an operand; optional if the operand or the selection (`.?`) is. */
  #field(id: number, operand: Expression, field: string, isOptional: boolean): Type {
    const type = this.#substitutions.resolve(this.#check(operand));
    const value = unwrapped(type);
    const found = this.#fieldOf(id, value ?? type, field);
    return value !== undefined || isOptional ? optionalType(found) : found;
  }

  #fieldOf(id: number, type: Type, field: string): Type {
    if (type.kind === "map") return type.parameters[1] ?? DYN;
    if (type.kind === "object") return this.#declaredField(id, type.name, field) ?? ERROR;
    if (type.kind === "parameter") this.#substitutions.isAssignable(DYN, type);
    else if (!isDynOrError(type)) this.#report(id, MESSAGES.noFieldSelection(type));
    return DYN;
  }

  #declaredField(id: number, type: string, field: string): Type | undefined {
    const fields = this.#scope.types.fieldsOf(type);
    const found = fields?.get(field);
    if (fields === undefined) this.#report(id, MESSAGES.unexpectedFailedResolution(type));
    else if (found === undefined) this.#report(id, MESSAGES.undefinedField(field), nearestWord(field, fields.keys()));
    return found;
  }

  #call(call: Call): Type {
    if (call.function === OPTIONAL_SELECT) return this.#optionalField(call);
    const args = call.args.map((arg) => this.#check(arg));
    const { target, function: name } = call;
    if (target === undefined) {
      const declaration = this.#names.function(name);
      if (declaration === undefined) return this.#undeclared(call.id, name, this.#names.nearestFunction(name));
      return this.#resolve(call, declaration, args);
    }
    const qualifier = qualifiedName(target);
    const namespaced = qualifier === undefined ? undefined : this.#names.function(`${qualifier}.${name}`);
    if (namespaced !== undefined) return this.#resolve(call, namespaced, args);
    args.unshift(this.#check(target));
    const declaration = this.#names.function(name);
    if (declaration !== undefined) return this.#resolve(call, declaration, args, true);
    return this.#undeclared(call.id, name, this.#names.nearestFunction(name, qualifier));
  }

  #optionalField(call: Call): Type {
    const [operand, field] = call.args;
    // The parser makes nothing else of `operand.?field`, and the function cannot be called by its name.
    if (operand === undefined || field?.kind !== "literal" || typeof field.value !== "string") return ERROR;
    const type = this.#substitutions.resolve(this.#field(call.id, operand, field.value, true));
    this.types.set(field.id, STRING);
    return type;
  }

  #resolve(call: Call, declaration: FunctionDeclaration, args: readonly Type[], isMember = false): Type {
    const { name, overloads } = declaration;
    if (name === LOGICAL_AND || name === LOGICAL_OR) {
      const isWrong = args.filter((type, i) => !this.#expect(call.args[i], BOOL, type, "argument")).length > 0;
      if (isWrong) return ERROR;
      this.references.set(call.id, { kind: "function", declaration, overloads, isMember });
      return BOOL;
    }
    const resolution = resolveOverloads(declaration, isMember, args, this.#substitutions, this.#fresh);
    if (resolution === undefined) {
      const types = args.map((type) => this.#substitutions.resolve(type, "dyn"));
      return this.#report(call.id, MESSAGES.noMatchingOverload(name, types, isMember));
    }
    this.references.set(call.id, { kind: "function", declaration, overloads: resolution.overloads, isMember });
    return resolution.result;
  }

  #list({ elements, optionalIndices }: ListExpression): Type {
    const optional = new Set(optionalIndices);
    let joined: Type | undefined;
    for (const [i, element] of elements.entries()) {
      const type = this.#check(element);
      joined = this.#join(joined, optional.has(i) ? this.#unwrap(element, type) : type);
    }
    return listType(joined ?? this.#fresh());
  }

  #map({ entries }: MapExpression): Type {
    let keys: Type | undefined;
    let values: Type | undefined;
    for (const { key, value, isOptional } of entries) {
      keys = this.#join(keys, this.#check(key));
      const type = this.#check(value);
      values = this.#join(values, isOptional ? this.#unwrap(value, type) : type);
    }
    return mapType(keys ?? this.#fresh(), values ?? this.#fresh());
  }

  #struct(struct: StructExpression): Type {
    const declared = this.#names.variable(struct.name);
    if (declared === undefined)
      return this.#undeclared(struct.id, struct.name, this.#names.nearestVariable(struct.name));
    const type = this.#structType(struct.id, declared);
    this.references.set(struct.id, { kind: "type", name: declared.name, value: type });
    const typeName = type === undefined ? declared.name : messageTypeName(type);
    this.types.set(struct.id, type ?? ERROR);
    for (const { id, field, value, isOptional } of struct.fields) {
      const given = this.#check(value);
      const expected = this.#declaredField(id, typeName ?? "", field) ?? ERROR;
      const found = isOptional ? this.#unwrap(value, given) : given;
      if (!this.#substitutions.isAssignable(expected, found))
        this.#report(id, MESSAGES.fieldTypeMismatch(field, expected, found));
    }
    return type ?? ERROR;
  }

  #structType(id: number, { type }: Declared): Type | undefined {
    if (type.kind === "error") return undefined;
    const [made] = type.parameters;
    if (type.kind !== "type" || made === undefined) this.#report(id, MESSAGES.notAType(type));
    else if (messageTypeName(made) !== undefined) return made;
    else this.#report(id, MESSAGES.notAMessageType(made));
    return undefined;
  }

  #comprehension(fold: Comprehension): Type {
    const range = this.#substitutions.resolve(this.#check(fold.range));
    const accumulator = this.#check(fold.initial);
    this.#names.enter(new Map([[fold.accumulator, accumulator]]));
    this.#names.enter(this.#loopVariables(fold, range));
    this.#expect(fold.condition, BOOL, this.#check(fold.condition), "result");
    this.#expect(fold.step, accumulator, this.#check(fold.step), "result");
    this.#names.exit();
    const result = this.#check(fold.result);
    this.#names.exit();
    return this.#substitutions.resolve(result);
  }

  #loopVariables({ range, variable, secondVariable }: Comprehension, type: Type): ReadonlyMap<string, Type> {
    const [first, second] = this.#itemTypes(range, type);
    if (secondVariable === undefined) return new Map([[variable, first]]);
    return new Map([
      [secondVariable, second],
      [variable, type.kind === "list" ? INT : first],
    ]);
  }

  /** The types of what a macro goes through: a list has but elements, a map keys and values. */
  #itemTypes(range: Expression, type: Type): readonly [Type, Type] {
    const [first = DYN, second = first] = type.parameters;
    if (type.kind === "list" || type.kind === "map") return [first, second];
    if (isDynOrError(type) || type.kind === "parameter") {
      this.#substitutions.isAssignable(DYN, type);
      return [DYN, DYN];
    }
    this.#report(range.id, MESSAGES.notARange(type));
    return [ERROR, ERROR];
  }

  /** The most general type that all elements have so far: a dyn if they differ, which the validator of literals refuses later. */
  #join(previous: Type | undefined, current: Type): Type {
    if (previous === undefined) return current;
    return this.#substitutions.isAssignable(previous, current) ? mostGeneral(previous, current) : DYN;
  }

  #expect(expression: Expression | undefined, expected: Type, found: Type, as: "argument" | "result"): boolean {
    const fits =
      as === "argument"
        ? this.#substitutions.isAssignable(found, expected)
        : this.#substitutions.isAssignable(expected, found);
    if (!fits) this.#report(expression?.id ?? 0, MESSAGES.typeMismatch(expected, found));
    return fits;
  }

  /** The type of the value of an optional one. */
  #unwrap(expression: Expression, type: Type): Type {
    const value = unwrapped(type);
    if (value === undefined && type.kind !== "dyn")
      this.#report(expression.id, MESSAGES.typeMismatch(optionalType(type), type));
    return value ?? type;
  }

  #undeclared(id: number, name: string, suggestion: string | undefined): Type {
    return this.#report(id, MESSAGES.undeclaredReference(name), suggestion);
  }

  #report(id: number, message: string, suggestion?: string): Type {
    const offset = this.#ast.offsets.get(id) ?? 0;
    this.issues.push(suggestion === undefined ? { offset, message } : { offset, message, suggestion });
    return ERROR;
  }
}

function unwrapped(type: Type): Type | undefined {
  return type.kind === "opaque" && type.name === OPTIONAL_NAME ? type.parameters[0] : undefined;
}
