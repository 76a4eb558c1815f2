import type { InventoryView, ReferenceEntry } from "../model/index.ts";

/** Why a reference does not find what it names. */
export type ReferenceFault =
  | { readonly says: "no-service" }
  /** @property ports what the Service has, as messages name it */
  | { readonly says: "no-port"; readonly ports: string }
  | { readonly says: "not-headless" }
  | { readonly says: "not-granted" };

/** What is wrong with a reference; undefined if it finds the Service and the port. */
export function faultOf(_reference: ReferenceEntry, _view: InventoryView): ReferenceFault | undefined {
  return undefined;
}
