import { check } from "#src/cel/check/index.ts";
import { environmentFor } from "#src/cel/environment/index.ts";
import { plan } from "#src/cel/run/index.ts";
import { parse } from "#src/cel/syntax/index.ts";
import {
  BOOL,
  BYTES,
  DOUBLE,
  DURATION,
  DYN,
  INT,
  listType,
  mapType,
  NULL,
  opaqueType,
  STRING,
  TIMESTAMP,
  type Type,
  UINT,
} from "#src/cel/types/index.ts";
import { CelError, type Result, type Value, valueText } from "#src/cel/values/index.ts";
import { isObject, type JsonObject } from "#src/field/index.ts";
import type { Case } from "./cases.ts";
import { isSame, readValue } from "./values.ts";

const MINOR = 36;

/** The types that the tests name in capitals, and by the names of messages. */
const NAMED: Readonly<Record<string, Type>> = {
  BOOL,
  BYTES,
  DOUBLE,
  INT64: INT,
  STRING,
  UINT64: UINT,
  DURATION,
  TIMESTAMP,
  "google.protobuf.Duration": DURATION,
  "google.protobuf.Timestamp": TIMESTAMP,
};

function objectOf(json: unknown): JsonObject {
  return isObject(json) ? json : {};
}

/** A type as the tests write it: a `cel.expr.Type` in JSON. */
function readType(json: unknown): Type {
  const [kind = "", content] = Object.entries(objectOf(json))[0] ?? [];
  const { keyType, valueType, elemType, name, parameterTypes } = objectOf(content);
  switch (kind) {
    case "dyn":
      return DYN;
    case "null":
      return NULL;
    case "mapType":
      return mapType(readType(keyType), readType(valueType));
    case "listType":
      return listType(readType(elemType));
    case "abstractType":
      return opaqueType(String(name), Array.isArray(parameterTypes) ? parameterTypes.map(readType) : []);
    default:
      return NAMED[String(content)] ?? DYN;
  }
}

function variableTypes({ typeEnv }: JsonObject): ReadonlyMap<string, Type> {
  const declarations = Array.isArray(typeEnv) ? typeEnv.map(objectOf) : [];
  return new Map(declarations.map(({ name, ident }) => [String(name), readType(objectOf(ident)["type"])]));
}

function bindingsOf({ bindings }: JsonObject): ReadonlyMap<string, Value> {
  const entries = Object.entries(objectOf(bindings));
  return new Map(entries.map(([name, binding]) => [name, readValue(objectOf(binding)["value"])]));
}

/** Evaluates the expression of a test; mistakes are errors, too. */
function evaluate({ expression, test }: Case): Result {
  const { syntax, scope } = environmentFor(MINOR, { variables: variableTypes(test), types: new Map() });
  const parsed = parse(expression, syntax);
  if ("issues" in parsed) return new CelError(parsed.issues.map(({ message }) => message).join("; "));
  const checked = check(parsed.ast, scope);
  if ("issues" in checked) return new CelError(checked.issues.map(({ message }) => message).join("; "));
  const program = plan(parsed.ast, checked);
  const bindings = bindingsOf(test);
  return program instanceof CelError ? program : program.evaluate((name) => bindings.get(name), { cost: 0 });
}

/** What is wrong with the answer to a test; undefined if it is right. A test that names no answer expects true. */
export function problemOf(subject: Case): string | undefined {
  const { evalError, typedResult, value = { boolValue: true } } = subject.test;
  const result = evaluate(subject);
  if (evalError !== undefined) return result instanceof CelError ? undefined : `no error but ${valueText(result)}`;
  if (result instanceof CelError) return `error: ${result.message}`;
  const expected = readValue(objectOf(typedResult)["result"] ?? value);
  return isSame(expected, result) ? undefined : `${valueText(result)} instead of ${valueText(expected)}`;
}
