import { spend } from "../effort/index.ts";
import { DYN, type Type } from "../types/index.ts";

/** Whether two types are the same, the names of type parameters among them. */
export function isSameType(a: Type, b: Type): boolean {
  return (
    a === b ||
    (a.kind === b.kind &&
      a.name === b.name &&
      a.parameters.length === b.parameters.length &&
      a.parameters.every((parameter, i) => isSameType(parameter, b.parameters[i] ?? DYN)))
  );
}

/** How many types are looked at for one expression; those of the longest expressions need a million. */
const MOST_STEPS = 1_500_000;
/** How many parts a type may have: with `[1].map(x, {x: x}).map(x, {x: x})` and so on it is twice as large each time. */
const LARGEST_TYPE = 1000;

/** The types of an expression are too large to be found out in time. */
export class TooComplex extends Error {}

/**
 * What is known of the type parameters while an expression is checked: it grows as the types of the nodes are found out. All methods
 * throw {@link TooComplex} if types are too large, or after too many steps.
 */
export class Substitutions {
  readonly #types = new Map<string, Type>();
  /** What the names stood for before the assignment that is being tried, to take it back if it fails. */
  readonly #undo: [name: string, type: Type | undefined][] = [];

  #steps = 0;
  /** Of the type that is being resolved. */
  #size = 0;

  /**
   * Whether values of the one types fit where the others are expected, one by one; keeps what this says of their parameters. Types fit
   * either way round: a dyn fits everywhere, and everything fits a dyn (cel-go: `isAssignableList`).
   */
  areAssignable(from: readonly Type[], to: readonly Type[]): boolean {
    this.#undo.length = 0;
    if (this.#areAssignable(from, to)) return true;
    while (this.#undo.length > 0) {
      const [name, type] = this.#undo.pop() ?? ["", undefined];
      if (type === undefined) this.#types.delete(name);
      else this.#types.set(name, type);
    }
    return false;
  }

  /** {@link areAssignable} of one type (cel-go: `isAssignable`). */
  isAssignable(from: Type, to: Type): boolean {
    return this.areAssignable([from], [to]);
  }

  /** The type with what its parameters stand for. Parameters that are not known yet stay, or become dyn (cel-go: `substitute`). */
  resolve(type: Type, unknown: "keep" | "dyn" = "keep"): Type {
    this.#size = 0;
    return this.#resolve(type, unknown);
  }

  #resolve(type: Type, unknown: "keep" | "dyn"): Type {
    this.#step();
    if (++this.#size > LARGEST_TYPE) throw new TooComplex();
    if (type.kind === "parameter") {
      const known = this.#types.get(type.name);
      if (known !== undefined) return this.#resolve(known, unknown);
      return unknown === "dyn" ? DYN : type;
    }
    return mapParameters(type, (parameter) => this.#resolve(parameter, unknown));
  }

  #areAssignable(from: readonly Type[], to: readonly Type[]): boolean {
    if (from.length !== to.length) return false;
    return from.every((type, i) => this.#isAssignable(type, to[i] ?? DYN));
  }

  #isAssignable(from: Type, to: Type): boolean {
    this.#step();
    if (to.kind === "parameter") {
      const fit = this.#bind(from, to);
      if (fit !== "unbound") return fit === "fits";
    }
    if (from.kind === "parameter") return this.#bind(to, from) === "fits";
    if (isDynOrError(from) || isDynOrError(to)) return true;
    if (from.kind === "null") return isNullable(to);
    if (to.kind === "null") return isNullable(from);
    if (from.kind !== to.kind) return false;
    if (from.kind === "type") return true;
    return from.name === to.name && this.#areAssignable(from.parameters, to.parameters);
  }

  /**
   * Makes a type what a parameter stands for. If it already stands for something that fits, for the more general one of both.
   * `unbound` if that would make the parameter part of itself (cel-go: `isValidTypeSubstitution`).
   */
  #bind(type: Type, parameter: Type): "fits" | "differs" | "unbound" {
    if (isSameType(type, parameter)) return "fits";
    const known = this.#types.get(parameter.name);
    if (known === undefined) {
      if (this.#occurs(parameter, type)) return "unbound";
      this.#set(parameter.name, type);
      return "fits";
    }
    if (isSameType(type, known)) return "fits";
    if (!this.#isAssignable(type, known)) return "differs";
    const general = mostGeneral(type, known);
    if (!this.#occurs(parameter, general)) this.#set(parameter.name, general);
    return "fits";
  }

  #step(): void {
    spend();
    if (++this.#steps > MOST_STEPS) throw new TooComplex();
  }

  #set(name: string, type: Type): void {
    this.#undo.push([name, this.#types.get(name)]);
    this.#types.set(name, type);
  }

  /** Whether a parameter is, or is part of, a type (cel-go: `!notReferencedIn`). */
  #occurs(parameter: Type, type: Type): boolean {
    this.#step();
    if (isSameType(parameter, type)) return true;
    if (type.kind !== "parameter") return type.parameters.some((part) => this.#occurs(parameter, part));
    const known = this.#types.get(type.name);
    return known !== undefined && this.#occurs(parameter, known);
  }
}

/** The type with other parameters; the type itself if none changes. */
export function mapParameters(type: Type, change: (parameter: Type) => Type): Type {
  if (type.parameters.length === 0) return type;
  const parameters = type.parameters.map(change);
  return parameters.every((parameter, i) => parameter === type.parameters[i]) ? type : { ...type, parameters };
}

/** The more general one of two types that fit each other (cel-go: `mostGeneral`). */
export function mostGeneral(a: Type, b: Type): Type {
  return isNoMoreSpecific(a, b) ? a : b;
}

function isNoMoreSpecific(a: Type, b: Type): boolean {
  if (a.kind === "dyn" || a.kind === "parameter") return true;
  if (b.kind === "dyn" || b.kind === "parameter" || a.kind !== b.kind) return false;
  if (a.kind === "type") return true;
  if (a.name !== b.name || a.parameters.length !== b.parameters.length) return false;
  return a.parameters.every((parameter, i) => isNoMoreSpecific(parameter, b.parameters[i] ?? DYN));
}

export function isDynOrError({ kind }: Type): boolean {
  return kind === "dyn" || kind === "error";
}

/** Whether null fits a type (cel-go: `internalIsAssignableNull`). */
function isNullable({ kind, name }: Type): boolean {
  if (kind === "object") return name !== "";
  return kind === "null" || kind === "opaque" || kind === "duration" || kind === "timestamp";
}
