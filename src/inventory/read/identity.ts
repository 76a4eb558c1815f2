import type { JsonObject } from "../../field/index.ts";
import type { Entry } from "../model/index.ts";
import { textAt } from "./values.ts";

/** The group and kind of an object, of any version. */
export interface ObjectType {
  readonly group: string;
  readonly kind: string;
}

/** What is known of an object that it may not say itself. */
export interface ExtractOptions {
  /** The namespace of manifests without one. */
  readonly namespace: string;
  /** Whether that is certain: then no namespace is open. */
  readonly isNamespaceCertain?: boolean;
  /** What objects without a kind are: items of the API server's lists, and objects of which it sends the metadata alone. */
  readonly type?: ObjectType;
}

/** The kind of objects of which the API server sends nothing but the metadata: the object's own kind is not in it. */
const METADATA_ALONE = "PartialObjectMetadata";

/** The group and kind of an object; undefined if nothing says it. */
export function typeOf(object: JsonObject, { type }: Pick<ExtractOptions, "type"> = {}): ObjectType | undefined {
  const kind = textAt(object, ["kind"]);
  if (kind === undefined || kind === METADATA_ALONE) return type;
  const version = textAt(object, ["apiVersion"]) ?? "";
  return { group: version.slice(0, Math.max(0, version.indexOf("/"))), kind };
}

/** Namespace and name of an object of a kind that has a namespace. */
export function identityOf(object: unknown, options: Omit<ExtractOptions, "type">): Entry {
  const written = textAt(object, ["metadata", "namespace"]);
  const identity = {
    namespace: written ?? options.namespace,
    name: textAt(object, ["metadata", "name"]) ?? "",
  };
  if (written !== undefined || options.isNamespaceCertain === true) return identity;
  return { ...identity, isNamespaceOpen: true };
}
