import {
  check,
  type Checked,
  functionsByName,
  OPTIONAL_TYPES,
  type Scope,
  STANDARD_TYPES,
} from "#src/cel/check/index.ts";
import { validate } from "#src/cel/validate/index.ts";
import type { Ast, Issue } from "#src/cel/ast/index.ts";
import type { FunctionDeclaration, Overload } from "#src/cel/functions/index.ts";
import { MAP_INSERTION, OPTIONALS, STANDARD_FUNCTIONS } from "#src/cel/standard/index.ts";
import { parse } from "#src/cel/syntax/index.ts";
import {
  BOOL,
  DYN,
  INT,
  listType,
  mapType,
  NULL,
  objectType,
  opaqueType,
  optionalType,
  STRING,
  TIMESTAMP,
  type Type,
  typeParameter,
  typeType,
} from "#src/cel/types/index.ts";

const T = typeParameter("T");

function overload(id: string, isMember: boolean, parameters: readonly Type[], result: Type): Overload {
  return { id, isMember, parameters, result, call: () => null };
}

const FUNCTIONS: readonly FunctionDeclaration[] = [
  { name: "set", overloads: [overload("set_list", false, [listType(T)], opaqueType("set", [T]))] },
  { name: "strings.quote", overloads: [overload("strings_quote", false, [STRING], STRING)] },
  { name: "sign", overloads: [overload("quantity_sign", true, [opaqueType("kubernetes.Quantity")], INT)] },
  { name: "format", overloads: [overload("string_format", true, [STRING, listType(DYN)], STRING)] },
];

/** Variables of the types that their names say, and an object with fields. */
const VARIABLES: Readonly<Record<string, Type>> = {
  b: BOOL,
  i: INT,
  s: STRING,
  d: DYN,
  ints: listType(INT),
  labels: mapType(STRING, STRING),
  maybe: optionalType(STRING),
  maybeLabels: optionalType(mapType(STRING, STRING)),
  nothing: NULL,
  service: objectType("Service"),
  services: listType(objectType("Service")),
  unknown: objectType("Unknown"),
  "authorizer.requestResource": objectType("ResourceCheck"),
  "net.IP": typeType(opaqueType("net.IP")),
};

const FIELDS: ReadonlyMap<string, ReadonlyMap<string, Type>> = new Map([
  [
    "Service",
    new Map([
      ["spec", objectType("ServiceSpec")],
      ["labels", mapType(STRING, STRING)],
      ["created", TIMESTAMP],
    ]),
  ],
  [
    "ServiceSpec",
    new Map([
      ["ports", listType(INT)],
      ["type", STRING],
    ]),
  ],
]);

export const SCOPE: Scope = {
  variables: new Map([...STANDARD_TYPES, ...OPTIONAL_TYPES, ...Object.entries(VARIABLES)]),
  functions: functionsByName([...STANDARD_FUNCTIONS, ...OPTIONALS, MAP_INSERTION, ...FUNCTIONS]),
  types: { fieldsOf: (type) => FIELDS.get(type) },
};

export function parsed(source: string): Ast {
  const result = parse(source, { optionals: true, twoVariables: true, sorting: true });
  if ("issues" in result) throw new Error(`${source} is not parsed: ${texts(result.issues).join("\n")}`);
  return result.ast;
}

/** What an expression whose types are right was checked to be. */
export function accepted(source: string, scope = SCOPE): Checked {
  const result = check(parsed(source), scope);
  if ("issues" in result) throw new Error(`${source} is refused: ${texts(result.issues).join("\n")}`);
  return result;
}

/** What is said of an expression by the checker, or if its types are right, by the validators: `COLUMN: MESSAGE`. */
export function problems(source: string, scope = SCOPE, version = 36): readonly string[] {
  return texts(issues(source, scope, version));
}

export function issues(source: string, scope = SCOPE, version = 36): readonly Issue[] {
  const ast = parsed(source);
  const result = check(ast, scope);
  return "issues" in result ? result.issues : validate(ast, result, version);
}

function texts(found: readonly Issue[]): string[] {
  return found.map(({ offset, message }) => `${offset + 1}: ${message}`);
}
