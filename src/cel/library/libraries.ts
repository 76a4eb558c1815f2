import type { FunctionDeclaration, Since } from "../functions/index.ts";
import { CIDR_TYPE, IP_TYPE } from "../kubernetes/index.ts";
import { MAP_INSERTION } from "../standard/index.ts";
import { type Type, typeType } from "../types/index.ts";
import { AUTHORIZER, AUTHORIZER_SELECTORS } from "./authorizer.ts";
import { NAMED_FORMATS } from "./formats.ts";
import { JSON_PATCHES } from "./json-patches.ts";
import { LIST_FUNCTIONS } from "./list-functions.ts";
import { LISTS } from "./lists.ts";
import { CIDRS, IPS } from "./net.ts";
import { PATTERNS } from "./patterns.ts";
import { QUANTITIES, SEMVERS } from "./quantities.ts";
import { SETS } from "./sets.ts";
import { formatFunction, QUOTE, STRINGS } from "./strings.ts";
import { URLS } from "./urls.ts";

/** Functions that came together, and the versions of Kubernetes that have them. */
export interface Library extends Since {
  /** As cel-go or the API server names it. */
  readonly name: string;
  readonly functions: readonly FunctionDeclaration[];
  /** The types whose names expressions can use as values: `type(x) == net.IP`. */
  readonly types?: readonly Type[];
}

/**
 * The libraries of every expression. A version of 0 means that they have been there ever since expressions were. Source: `base.go` of
 * the API server's `pkg/cel/environment`.
 */
export const LIBRARIES: readonly Library[] = [
  { name: "kubernetes.urls", since: 0, functions: URLS },
  { name: "kubernetes.regex", since: 0, functions: PATTERNS },
  { name: "kubernetes.lists", since: 0, functions: LISTS },
  { name: "kubernetes.authz", since: 27, functions: AUTHORIZER },
  { name: "kubernetes.quantity", since: 28, functions: QUANTITIES },
  { name: "cel.lib.ext.strings", since: 0, functions: STRINGS },
  { name: "cel.lib.ext.strings", since: 29, functions: [QUOTE] },
  // golang.org/x/text left out the narrow spaces of `%e` with its version 0.23.
  { name: "cel.lib.ext.strings", since: 29, until: 32, functions: [formatFunction("\u202f")] },
  { name: "cel.lib.ext.strings", since: 33, functions: [formatFunction("")] },
  { name: "cel.lib.ext.sets", since: 29, functions: SETS },
  { name: "kubernetes.net.ip", since: 30, functions: IPS, types: [IP_TYPE] },
  { name: "kubernetes.net.cidr", since: 30, functions: CIDRS, types: [CIDR_TYPE] },
  { name: "kubernetes.format", since: 31, functions: NAMED_FORMATS },
  { name: "kubernetes.authzSelectors", since: 31, functions: AUTHORIZER_SELECTORS },
  { name: "cel.lib.ext.comprev2", since: 32, functions: [MAP_INSERTION] },
  { name: "kubernetes.Semver", since: 33, functions: SEMVERS },
  { name: "cel.lib.ext.lists", since: 34, functions: LIST_FUNCTIONS },
];

/** What the expressions of mutations have besides. Source: `compile.go` of the API server's `admission/plugin/cel`. */
export const MUTATION_LIBRARIES: readonly Library[] = [
  { name: "kubernetes.jsonpatch", since: 32, functions: JSON_PATCHES },
];

function ofVersion(libraries: readonly Library[], minor: number): readonly Library[] {
  return libraries.filter(({ since, until = Infinity }) => since <= minor && minor <= until);
}

/** The functions of the libraries that a version of Kubernetes (1.x) has. Several may have the same name. */
export function functionsOf(libraries: readonly Library[], minor: number): readonly FunctionDeclaration[] {
  return ofVersion(libraries, minor).flatMap(({ functions }) => functions);
}

/** The names of types that a version of Kubernetes (1.x) has as values, as variables of a scope. */
export function typeNamesOf(libraries: readonly Library[], minor: number): ReadonlyMap<string, Type> {
  const types = ofVersion(libraries, minor).flatMap((library) => library.types ?? []);
  return new Map(types.map((type) => [type.name, typeType(type)] as const));
}
