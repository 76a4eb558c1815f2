import { isObject, type JsonObject, valueAt } from "../../field/index.ts";
import { compileSelector } from "../../inventory/model/index.ts";
import type { ParamKind, ParamRef } from "../schema/index.ts";

/** The parameters to evaluate a policy with, once with each; null for an evaluation without any. */
export type Params = readonly (JsonObject | null)[] | { readonly problem: string };

/**
 * The parameters of a binding for a request in a namespace. Source: CollectParams of the API server.
 * @param objects the objects that there are
 */
export function paramsFor(
  kind: ParamKind | undefined,
  ref: ParamRef | undefined,
  namespace: string,
  objects: readonly JsonObject[],
): Params {
  if (kind === undefined || ref === undefined) return [null];
  const found = objects.filter(
    (object) => isOfKind(object, kind) && isIn(object, ref.namespace ?? namespace) && isNamed(object, ref),
  );
  if (found.length > 0) return found;
  return ref.parameterNotFoundAction === "Deny"
    ? { problem: "no params found for policy binding with `Deny` parameterNotFoundAction" }
    : [];
}

/** Whether an object is of the kind of the parameters. */
export function isOfKind({ apiVersion, kind }: JsonObject, { apiVersion: version, kind: name }: ParamKind): boolean {
  return apiVersion === version && kind === name;
}

/** An object without a namespace is one of the cluster, or of whatever namespace its file is applied to. */
function isIn(object: JsonObject, namespace: string): boolean {
  const own = valueAt(object, ["metadata", "namespace"]);
  return own === undefined || own === "" || own === namespace;
}

function isNamed(object: JsonObject, { name, selector }: ParamRef): boolean {
  if (name !== undefined) return valueAt(object, ["metadata", "name"]) === name;
  if (selector === undefined) return false;
  const labels = valueAt(object, ["metadata", "labels"]);
  const entries = Object.entries(isObject(labels) ? labels : {}).map(([key, value]) => [key, String(value)] as const);
  return compileSelector(selector)(Object.fromEntries(entries));
}
