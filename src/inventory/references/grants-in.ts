import type { JsonObject } from "../../field/index.ts";
import type { GrantEntry } from "../model/index.ts";
import { itemsAt, textAt } from "./finders/index.ts";
import { groupOf } from "./references-in.ts";

/**
 * What a ReferenceGrant of the Gateway API allows, as far as it is about Services; nothing for other objects. `ReferencePolicy` is
 * its older name.
 */
export function grantsIn(object: JsonObject, options: { readonly namespace: string }): readonly GrantEntry[] {
  const kind = textAt(object, ["kind"]);
  if (groupOf(object) !== "gateway.networking.k8s.io") return [];
  if (kind !== "ReferenceGrant" && kind !== "ReferencePolicy") return [];
  const to = [...itemsAt(object, ["spec", "to"])].filter(
    ({ item }) => textAt(item, ["kind"]) === "Service" && textAt(item, ["group"]) === undefined,
  );
  if (to.length === 0) return [];
  const names = to.map(({ item }) => textAt(item, ["name"]));
  const named = names.filter((name) => name !== undefined);
  const written = textAt(object, ["metadata", "namespace"]);
  return [
    {
      namespace: written ?? options.namespace,
      name: textAt(object, ["metadata", "name"]) ?? "",
      ...(written === undefined && { isNamespaceOpen: true as const }),
      from: Array.from(itemsAt(object, ["spec", "from"]), ({ item }) => ({
        group: textAt(item, ["group"]) ?? "",
        kind: textAt(item, ["kind"]) ?? "",
        namespace: textAt(item, ["namespace"]) ?? "",
      })),
      services: named.length < names.length ? undefined : named,
    },
  ];
}
