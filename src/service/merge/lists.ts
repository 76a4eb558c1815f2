/** How a list or map of a Service is merged. Source: `x-kubernetes-*` in the API server's OpenAPI document. */
export interface MergeType {
  /** `map`: items are merged by their keys; `set`: items are added and removed one by one; `atomic`: replaced as a whole. */
  readonly kind: "map" | "set" | "atomic";
  /** The key of items in a strategic merge patch (`x-kubernetes-patch-merge-key`). */
  readonly patchKey?: string;
  /** The keys of items in a server-side apply (`x-kubernetes-list-map-keys`). */
  readonly keys?: readonly string[];
}

/** The lists that are not replaced as a whole, by their path. */
export const MERGED_LISTS: Readonly<Record<string, MergeType>> = {
  "metadata.finalizers": { kind: "set" },
  "metadata.ownerReferences": { kind: "map", patchKey: "uid", keys: ["uid"] },
  "spec.ports": { kind: "map", patchKey: "port", keys: ["port", "protocol"] },
  "status.conditions": { kind: "map", patchKey: "type", keys: ["type"] },
};

/** Maps that a server-side apply replaces as a whole (`x-kubernetes-map-type: atomic`). */
export const ATOMIC_MAPS: ReadonlySet<string> = new Set(["spec.selector"]);

/** What the server takes for a key that an item leaves out. */
export const KEY_DEFAULTS: Readonly<Record<string, string>> = { protocol: "TCP" };
