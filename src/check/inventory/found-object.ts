import type { NamespaceOptions } from "../../examine/findings/index.ts";
import { isObject } from "../../field/index.ts";
import { entriesOf } from "../../inventory/extract/index.ts";
import type { Entries } from "../../inventory/model/index.ts";
import { identityOf, typeOf } from "../../inventory/read/index.ts";

/** What an inventory keeps of an object of a manifest: plain data, so that it can be sent to a worker thread. */
export interface FoundObject {
  readonly group: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly entries: Entries;
}

/** What an inventory keeps of an object; undefined for one that it does not know. */
export function foundObject(object: unknown, options: NamespaceOptions): FoundObject | undefined {
  if (!isObject(object)) return undefined;
  const [entries, type] = [entriesOf(object, options), typeOf(object)];
  if (entries === undefined || type === undefined) return undefined;
  const { namespace, name } = identityOf(object, options);
  return { ...type, namespace, name, entries };
}

/** Equal for the same object of a cluster. */
export function keyOf({ group, kind, namespace, name }: Omit<FoundObject, "entries">): string {
  return `${group}/${kind} ${namespace}/${name}`;
}

/** Whether it is a Service of Kubernetes itself. */
export function isService({ group, kind }: FoundObject): boolean {
  return group === "" && kind === "Service";
}
