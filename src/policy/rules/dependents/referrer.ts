import type { ReferenceEntry } from "../../../inventory/model/index.ts";

/** The object that names a Service, as messages call it: `Ingress shop/web`. */
export function nameOfReferrer({ kind, namespace, name }: ReferenceEntry): string {
  return `${kind} ${namespace === "" ? name : `${namespace}/${name}`}`;
}
