import { ADMISSION_TYPES, ADMISSION_VARIABLES, type Declarations } from "../../cel/environment/index.ts";
import { AUTHORIZER_VARIABLES } from "../../cel/library/index.ts";
import {
  BOOL,
  DOUBLE,
  DYN,
  INT,
  listType,
  mapType,
  objectType,
  STRING,
  type Type,
  typeText,
} from "../../cel/types/index.ts";
import { isObject, type JsonObject } from "../../field/index.ts";
import { SERVICE_TYPE, SERVICE_TYPES } from "./service-types.ts";

const PARAMS = objectType("params");
const VARIABLES = objectType("kubernetes.variables");

/** The parameters of a policy: none, those that it holds itself, or an object of which nothing is known. */
export type DeclaredParams = "none" | "unknown" | JsonObject;

/**
 * The declarations for the expressions of a policy.
 * @param variables the types of the variables so far, by name: the map may grow while the policy is compiled; undefined if
 *   expressions cannot name any
 */
export function declarationsFor(
  objects: "service" | "any",
  params: DeclaredParams,
  variables: ReadonlyMap<string, Type> | undefined,
  authorizer: "with authorizer" | "without authorizer" = "with authorizer",
): Declarations {
  const object = objects === "service" ? SERVICE_TYPE : DYN;
  const declared = new Map<string, Type>([
    ["object", object],
    ["oldObject", object],
    ...Object.entries(ADMISSION_VARIABLES),
    ...(authorizer === "with authorizer" ? AUTHORIZER_VARIABLES : []),
  ]);
  const types = new Map([...(objects === "service" ? SERVICE_TYPES : []), ...ADMISSION_TYPES]);
  if (variables !== undefined) {
    declared.set("variables", VARIABLES);
    types.set(VARIABLES.name, variables);
  }
  if (params === "unknown") declared.set("params", DYN);
  else if (params !== "none") {
    declared.set("params", PARAMS);
    types.set(PARAMS.name, new Map(Object.entries(params).map(([name, value]) => [name, typeOfJson(value)])));
  }
  return { variables: declared, types };
}

/**
 * The type by which other expressions know a variable of a cluster's policy: one that is not of the language itself, such as an
 * address, may be anything. Source: convertCelTypeToDeclType of the API server.
 */
export function typeOfVariable(type: Type): Type {
  const [first = DYN, second = DYN] = type.parameters.map(typeOfVariable);
  if (type.kind === "list") return listType(first);
  if (type.kind === "map") return mapType(first, second);
  return KEPT.has(type.kind) ? type : DYN;
}

const KEPT: ReadonlySet<Type["kind"]> = new Set([
  "bool",
  "bytes",
  "double",
  "duration",
  "int",
  "null",
  "string",
  "timestamp",
  "uint",
]);

/** The type of a value of a policy's own; objects in it are maps, so that expressions can look through their keys. */
function typeOfJson(value: unknown): Type {
  if (typeof value === "string") return STRING;
  if (typeof value === "boolean") return BOOL;
  if (typeof value === "number") return Number.isInteger(value) ? INT : DOUBLE;
  if (Array.isArray(value)) return listType(commonType(value));
  if (isObject(value)) return mapType(STRING, commonType(Object.values(value)));
  return DYN;
}

function commonType(values: readonly unknown[]): Type {
  const [first = DYN, ...others] = values.map(typeOfJson);
  return others.every((type) => typeText(type) === typeText(first)) ? first : DYN;
}
