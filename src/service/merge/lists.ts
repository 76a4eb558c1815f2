/** How a list of a Service is merged: by the keys of its items, or, without them, as a set of texts. Source: `x-kubernetes-*` in the API server's OpenAPI document. */
export interface MergeType {
  /** The key of items in a strategic merge patch (`x-kubernetes-patch-merge-key`). */
  readonly patchKey?: string;
  /** The keys of items in a server-side apply (`x-kubernetes-list-map-keys`). */
  readonly keys?: readonly string[];
}

/** The lists that are not replaced as a whole, by their path. */
export const MERGED_LISTS: Readonly<Record<string, MergeType>> = {
  "metadata.finalizers": {},
  "metadata.ownerReferences": { patchKey: "uid", keys: ["uid"] },
  "spec.ports": { patchKey: "port", keys: ["port", "protocol"] },
  "status.conditions": { patchKey: "type", keys: ["type"] },
};

/** Maps that a server-side apply replaces as a whole (`x-kubernetes-map-type: atomic`). */
export const ATOMIC_MAPS: ReadonlySet<string> = new Set(["spec.selector", "metadata.ownerReferences[]"]);

/** Maps whose keys are not those of a type. */
export const OPEN_MAPS: ReadonlySet<string> = new Set(["metadata.labels", "metadata.annotations"]);

/** What the server takes for a key that an item leaves out. */
export const KEY_DEFAULTS: Readonly<Record<string, string>> = { protocol: "TCP" };
