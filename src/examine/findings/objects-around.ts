import type { InventoryView, ReferenceEntry } from "../../inventory/model/index.ts";
import type { Identity } from "../before/index.ts";

/** How manifests without a namespace are read. */
export interface NamespaceOptions {
  /** The namespace of manifests without one, and whether that is certain. */
  readonly namespace: string;
  readonly isNamespaceCertain: boolean;
}

/** The objects around those of one file, if one of its sets is applied. */
export interface SetView {
  /** Whether the set leaves the objects of the file as they are written. */
  readonly isPlain: boolean;
  readonly inventory: InventoryView;
  /** The namespace and name that an object of the file gets. */
  readonly place: (written: Identity) => Identity;
  /** A reference of the file as the set applies it. */
  readonly applied: (reference: ReferenceEntry) => ReferenceEntry;
}

/** What is known of the objects around the Services of a text. */
export interface ObjectsAround {
  /** The references of a manifest, as they are written. */
  referencesIn(manifest: unknown, options: NamespaceOptions): readonly ReferenceEntry[];
  /** Whether a change removes the Service that a reference names, or all that it selects. @param reference as it is written */
  isBroken(reference: ReferenceEntry): boolean;
  /** All that is there after the change, for what names a Service that is certainly gone. */
  readonly afterRemoval: InventoryView;
}
