import type { JsonObject } from "../../field/index.ts";
import type { Entry } from "../model/index.ts";
import { textAt } from "./values.ts";

/** The group and kind of an object, of any version. */
export interface ObjectType {
  readonly group: string;
  readonly kind: string;
}

/** What is known of an object if it does not say so itself. */
export interface ExtractOptions {
  /** The namespace of manifests without one. */
  readonly namespace: string;
  /** Whether that is certain: then no namespace is open. False: a manifest that a tool may change; absent: an object of a cluster. */
  readonly isNamespaceCertain?: boolean;
}

/** The group and kind of an object; undefined if it does not say them. */
export function typeOf(object: JsonObject): ObjectType | undefined {
  const kind = textAt(object, ["kind"]);
  if (kind === undefined) return undefined;
  const version = textAt(object, ["apiVersion"]) ?? "";
  return { group: version.slice(0, Math.max(0, version.indexOf("/"))), kind };
}

/** Namespace and name of an object of a kind that has a namespace; the beginning of its name if the API server makes the rest. */
export function identityOf(object: unknown, options: ExtractOptions): Entry {
  const written = textAt(object, ["metadata", "namespace"]);
  const identity = {
    namespace: written ?? options.namespace,
    name: textAt(object, ["metadata", "name"]) ?? textAt(object, ["metadata", "generateName"]) ?? "",
  };
  if (options.isNamespaceCertain === true || (written !== undefined && !isPlaceholder(written, options)))
    return identity;
  return { ...identity, isNamespaceOpen: true };
}

/**
 * Whether a manifest's namespace stands for another one: kubernetes-sigs/kubebuilder
 * `pkg/plugins/common/kustomize/v2/scaffolds/internal/templates/config` writes `system` everywhere, and its kustomization replaces it.
 */
function isPlaceholder(namespace: string, { isNamespaceCertain }: ExtractOptions): boolean {
  return namespace === "system" && isNamespaceCertain === false;
}
