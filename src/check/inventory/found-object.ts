import { isObject, type JsonObject, valueAt } from "../../field/index.ts";
import { entriesOf } from "../../inventory/extract/index.ts";
import type { Entries } from "../../inventory/model/index.ts";

/** What an inventory keeps of an object of a manifest: plain data, so that it can be sent to a worker thread. */
export interface FoundObject {
  readonly group: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly entries: Entries;
}

/** What an inventory keeps of an object; undefined for one that it does not know. @param namespace that of manifests without one */
export function foundObject(object: unknown, namespace: string): FoundObject | undefined {
  if (!isObject(object)) return undefined;
  const entries = entriesOf(object, { namespace });
  return entries && { ...identityOf(object, namespace), entries };
}

function identityOf(object: JsonObject, namespace: string): Omit<FoundObject, "entries"> {
  const { apiVersion, kind } = object;
  return {
    group:
      typeof apiVersion === "string" && apiVersion.includes("/") ? apiVersion.slice(0, apiVersion.indexOf("/")) : "",
    kind: typeof kind === "string" ? kind : "",
    namespace: textAt(object, "namespace") ?? namespace,
    name: textAt(object, "name") ?? "",
  };
}

function textAt(object: JsonObject, key: string): string | undefined {
  const text = valueAt(object, ["metadata", key]);
  return typeof text === "string" && text !== "" ? text : undefined;
}

/** Equal for the same object of a cluster. */
export function keyOf({ group, kind, namespace, name }: Omit<FoundObject, "entries">): string {
  return `${group}/${kind} ${namespace}/${name}`;
}

/** Whether it is a Service of Kubernetes itself. */
export function isService({ group, kind }: FoundObject): boolean {
  return group === "" && kind === "Service";
}
