import type { JsonObject } from "../../field/index.ts";
import type { GrantEntry } from "../model/index.ts";
import { type ExtractOptions, identityOf, itemsAt, textAt, typeOf } from "../read/index.ts";

/** A ReferencePolicy is a ReferenceGrant by its older name. */
const KINDS = ["ReferenceGrant", "ReferencePolicy"];

/** What a ReferenceGrant of the Gateway API allows, as far as it is about Services; nothing for other objects. */
export function grantsIn(object: JsonObject, options: ExtractOptions): readonly GrantEntry[] {
  const type = typeOf(object);
  if (type?.group !== "gateway.networking.k8s.io" || !KINDS.includes(type.kind)) return [];
  const to = itemsAt(object, ["spec", "to"]).filter(
    (item) => textAt(item, ["kind"]) === "Service" && textAt(item, ["group"]) === undefined,
  );
  if (to.length === 0) return [];
  const names = to.map((item) => textAt(item, ["name"]));
  const services = names.filter((name) => name !== undefined);
  const from = itemsAt(object, ["spec", "from"]).map((item) => ({
    group: textAt(item, ["group"]) ?? "",
    kind: textAt(item, ["kind"]) ?? "",
    namespace: textAt(item, ["namespace"]) ?? "",
  }));
  // One without a name is for all Services of the namespace.
  return [{ ...identityOf(object, options), from, services: services.length < names.length ? undefined : services }];
}
