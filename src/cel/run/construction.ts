import {
  ArrayList,
  CelError,
  EntryMap,
  Optional,
  type Result,
  StructValue,
  type Value,
  valueText,
} from "../values/index.ts";
import type { Frame, Run } from "./frame.ts";
import type { Step } from "./step.ts";

// Source of the costs: `ListCreateBaseCost`, `MapCreateBaseCost` and `StructCreateBaseCost` of cel-go.
const LIST_COST = 10;
const MAP_COST = 30;
const STRUCT_COST = 40;

/** An element of a list. */
export interface Element {
  readonly step: Step;
  /** Whether it is written with a question mark: it must be an optional value, and is left out if it is empty. */
  readonly isOptional: boolean;
}

/** An entry of a map. */
export interface Entry extends Element {
  readonly key: Step;
}

/** A field of an object. */
export interface Field extends Element {
  readonly name: string;
}

/** Makes the object that a struct expression describes. */
export type NewStruct = (typeName: string, fields: ReadonlyMap<string, Value>) => Result;

export const newStructValue: NewStruct = (typeName, fields) => new StructValue(typeName, fields);

/** Makes a list. An error of an element is the result; it costs the same. */
export function makingList(elements: readonly Element[]): Run {
  return (frame) => {
    const list = listOf(frame, elements);
    frame.charge(LIST_COST);
    return list;
  };
}

function listOf(frame: Frame, elements: readonly Element[]): Result {
  const values: Value[] = [];
  for (const { step, isOptional } of elements) {
    const value = isOptional ? unwrapped(step.run(frame), LIST_PROBLEM) : step.run(frame);
    if (value instanceof CelError) return value;
    if (value !== undefined) values.push(value);
  }
  return new ArrayList(values);
}

const LIST_PROBLEM = "cannot initialize optional list element";

/** The value of an optional element; undefined if it is left out. */
function unwrapped(result: Result, problem: string): Result | undefined {
  if (result instanceof Optional) return result.value;
  return result instanceof CelError ? result : new CelError(`${problem} from non-optional value ${valueText(result)}`);
}

/** Makes a map. */
export function makingMap(entries: readonly Entry[]): Run {
  return (frame) => {
    const map = mapOf(frame, entries);
    frame.charge(MAP_COST);
    return map;
  };
}

function mapOf(frame: Frame, entries: readonly Entry[]): Result {
  const known: (readonly [Value, Value])[] = [];
  for (const { key, step, isOptional } of entries) {
    const name = key.run(frame);
    if (name instanceof CelError) return name;
    const result = step.run(frame);
    const value = isOptional ? unwrapped(result, `cannot initialize optional entry '${valueText(name)}'`) : result;
    if (value instanceof CelError) return value;
    if (value !== undefined) known.push([name, value]);
  }
  return new EntryMap(known);
}

/** Makes an object. */
export function makingStruct(typeName: string, fields: readonly Field[], newStruct: NewStruct): Run {
  return (frame) => {
    const struct = structOf(frame, typeName, fields, newStruct);
    frame.charge(STRUCT_COST);
    return struct;
  };
}

function structOf(frame: Frame, typeName: string, fields: readonly Field[], newStruct: NewStruct): Result {
  const values = new Map<string, Value>();
  for (const { name, step, isOptional } of fields) {
    const result = step.run(frame);
    const value = isOptional ? unwrapped(result, `cannot initialize optional entry '${name}'`) : result;
    if (value instanceof CelError) return value;
    if (value !== undefined) values.set(name, value);
  }
  return newStruct(typeName, values);
}
