import { type Ast, type Expression, partsOf } from "../ast/index.ts";
import type { FunctionDeclaration, Overload } from "../functions/index.ts";
import { method } from "../standard/index.ts";
import { BOOL, objectType, STRING, type Type } from "../types/index.ts";
import { CelError } from "../values/index.ts";
import { declared } from "./declare.ts";

const PREFIX = "kubernetes.authorization";
export const AUTHORIZER_TYPE = objectType(`${PREFIX}.Authorizer`);
export const RESOURCE_CHECK_TYPE = objectType(`${PREFIX}.ResourceCheck`);
const PATH_CHECK = objectType(`${PREFIX}.PathCheck`);
const GROUP_CHECK = objectType(`${PREFIX}.GroupCheck`);
const DECISION = objectType(`${PREFIX}.Decision`);

/** What the authorizer of a cluster allows is known there only: see {@link usesAuthorizer}. */
const UNKNOWN = new CelError("the authorizer can be asked in the cluster only");

function ask(id: string, parameters: readonly Type[], result: Type): Overload {
  return method([id, parameters, result], () => UNKNOWN);
}

/** The functions that ask the authorizer, declared only. Source: the API server's `library/authz.go`. */
export const AUTHORIZER: readonly FunctionDeclaration[] = [
  declared("path", [ask("authorizer_path", [AUTHORIZER_TYPE, STRING], PATH_CHECK)]),
  declared("group", [ask("authorizer_group", [AUTHORIZER_TYPE, STRING], GROUP_CHECK)]),
  declared("serviceAccount", [ask("authorizer_serviceaccount", [AUTHORIZER_TYPE, STRING, STRING], AUTHORIZER_TYPE)]),
  declared("resource", [ask("groupcheck_resource", [GROUP_CHECK, STRING], RESOURCE_CHECK_TYPE)]),
  declared("subresource", [ask("resourcecheck_subresource", [RESOURCE_CHECK_TYPE, STRING], RESOURCE_CHECK_TYPE)]),
  declared("namespace", [ask("resourcecheck_namespace", [RESOURCE_CHECK_TYPE, STRING], RESOURCE_CHECK_TYPE)]),
  declared("name", [ask("resourcecheck_name", [RESOURCE_CHECK_TYPE, STRING], RESOURCE_CHECK_TYPE)]),
  declared(
    "check",
    [
      ask("pathcheck_check", [PATH_CHECK, STRING], DECISION),
      ask("resourcecheck_check", [RESOURCE_CHECK_TYPE, STRING], DECISION),
    ],
    () => 350_000,
  ),
  declared("errored", [ask("decision_errored", [DECISION], BOOL)]),
  declared("error", [ask("decision_error", [DECISION], STRING)]),
  declared("allowed", [ask("decision_allowed", [DECISION], BOOL)]),
  declared("reason", [ask("decision_reason", [DECISION], STRING)]),
];

/** Those for which selectors are given with the request. */
export const AUTHORIZER_SELECTORS: readonly FunctionDeclaration[] = [
  declared("fieldSelector", [ask("authorizer_fieldselector", [RESOURCE_CHECK_TYPE, STRING], RESOURCE_CHECK_TYPE)]),
  declared("labelSelector", [ask("authorizer_labelselector", [RESOURCE_CHECK_TYPE, STRING], RESOURCE_CHECK_TYPE)]),
];

/** The variables of the authorizer. Source: `compile.go` of the API server's `admission/plugin/cel`. */
export const AUTHORIZER_VARIABLES: ReadonlyMap<string, Type> = new Map([
  ["authorizer", AUTHORIZER_TYPE],
  ["authorizer.requestResource", RESOURCE_CHECK_TYPE],
]);

/** Whether an expression names the variable `authorizer`, so that nobody outside of the cluster can tell what it results in. */
export function usesAuthorizer({ expression }: Ast): boolean {
  return names(expression, "authorizer");
}

function names(node: Expression, name: string): boolean {
  if (node.kind === "identifier") return node.name === name || node.name === `.${name}`;
  // A variable of the same name hides it, but not from what the fold begins with.
  const isHidden = node.kind === "comprehension" && (node.variable === name || node.secondVariable === name);
  const parts = isHidden ? [node.range, node.initial] : partsOf(node);
  return parts.some((part) => names(part, name));
}
