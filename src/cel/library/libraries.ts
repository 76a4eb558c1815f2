import type { FunctionDeclaration, Since } from "../functions/index.ts";
import { MAP_INSERTION } from "../standard/index.ts";
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
  { name: "kubernetes.net.ip", since: 30, functions: IPS },
  { name: "kubernetes.net.cidr", since: 30, functions: CIDRS },
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

/** The functions of the libraries that a version of Kubernetes (1.x) has. Several may have the same name: see {@link byName}. */
export function functionsOf(libraries: readonly Library[], minor: number): readonly FunctionDeclaration[] {
  return libraries
    .filter(({ since, until = Infinity }) => since <= minor && minor <= until)
    .flatMap(({ functions }) => functions);
}

/** The functions by their names; those of one name become one, with all of their overloads. */
export function byName(functions: Iterable<FunctionDeclaration>): ReadonlyMap<string, FunctionDeclaration> {
  const merged = new Map<string, FunctionDeclaration>();
  for (const declaration of functions) {
    const known = merged.get(declaration.name);
    const overloads = [...(known?.overloads ?? []), ...declaration.overloads];
    merged.set(declaration.name, { ...declaration, ...known, overloads });
  }
  return merged;
}
