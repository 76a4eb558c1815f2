import { functionsByName, OPTIONAL_TYPES, type Scope, STANDARD_TYPES, withPatchTypes } from "../check/index.ts";
import { functionsOf as functionsOfLibraries, LIBRARIES, MUTATION_LIBRARIES, typeNamesOf } from "../library/index.ts";
import { OPTIONALS, STANDARD_FUNCTIONS } from "../standard/index.ts";
import type { Syntax } from "../syntax/index.ts";
import type { Type } from "../types/index.ts";
import type { ObjectTypes } from "./admission-types.ts";

/** What the expressions of a policy can name besides the language's own functions and types. */
export interface Declarations {
  readonly variables: ReadonlyMap<string, Type>;
  readonly types: ObjectTypes;
  /** Whether the types of a MutatingAdmissionPolicy are there: `JSONPatch`, `Object`, `Object.spec` and so on. */
  readonly hasPatchTypes?: boolean;
}

/** What expressions are compiled in: the language of a version of Kubernetes, and what they can name. */
export interface Environment {
  readonly minor: number;
  readonly syntax: Syntax;
  readonly scope: Scope;
}

/** The first versions of Kubernetes (1.x) with parts of the language. Source: pkg/cel/environment/base.go of the API server. */
const OPTIONALS_SINCE = 28;
const TWO_VARIABLES_SINCE = 32;
const SORTING_SINCE = 34;

type Functions = Scope["functions"];

/** The functions by version: the tables are large, and the same for all policies. */
const functions = new Map<string, Functions>();

/**
 * The environment of admission policies.
 * @param minor the version of Kubernetes, 1.`minor`
 */
export function environmentFor(minor: number, { variables, types, hasPatchTypes = false }: Declarations): Environment {
  const optionalTypes = minor >= OPTIONALS_SINCE ? OPTIONAL_TYPES : [];
  const provider = { fieldsOf: (type: string) => types.get(type) };
  return {
    minor,
    syntax: {
      optionals: minor >= OPTIONALS_SINCE,
      twoVariables: minor >= TWO_VARIABLES_SINCE,
      sorting: minor >= SORTING_SINCE,
    },
    scope: {
      variables: new Map([...STANDARD_TYPES, ...optionalTypes, ...typeNamesOf(LIBRARIES, minor), ...variables]),
      functions: functionsOf(minor, hasPatchTypes),
      types: hasPatchTypes ? withPatchTypes(provider) : provider,
    },
  };
}

function functionsOf(minor: number, hasPatchTypes: boolean): Functions {
  const key = `${minor} ${hasPatchTypes}`;
  const known = functions.get(key);
  if (known !== undefined) return known;
  const made = functionsByName([
    ...STANDARD_FUNCTIONS,
    ...(minor >= OPTIONALS_SINCE ? OPTIONALS : []),
    ...functionsOfLibraries([...LIBRARIES, ...(hasPatchTypes ? MUTATION_LIBRARIES : [])], minor),
  ]);
  functions.set(key, made);
  return made;
}
