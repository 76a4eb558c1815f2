import { isObject, type JsonObject } from "../../field/index.ts";
import { plainText } from "../../service/messages/index.ts";
import type { KeyPath, TextDocument } from "../../text/document/index.ts";

/** A document or an item of a List, classified by its kind. */
export type Manifest =
  | { readonly type: "service"; readonly value: unknown; readonly keys: KeyPath }
  | { readonly type: "other"; readonly value: JsonObject; readonly keys: KeyPath }
  /** A Template of OpenShift, whose objects exist only once its parameters are filled in. */
  | { readonly type: "template" }
  /** A manifest without a kind, which kubectl refuses. @prop written the key that looks like `kind` but for its case */
  | { readonly type: "kind-missing"; readonly keys: KeyPath; readonly written?: string }
  /** What lacks `apiVersion` or `kind`, and is no Kubernetes object. */
  | { readonly type: "none" }
  /** A Service without an apiVersion, which kubectl refuses too. */
  | { readonly type: "version-missing"; readonly keys: KeyPath; readonly written?: string }
  /** A list with manifests that is no object of the kind List, which kubectl refuses. */
  | { readonly type: "bare-list"; readonly keys: KeyPath }
  /** A misspelled kind that means Service. */
  | {
      readonly type: "kind-unknown";
      readonly kind: string;
      readonly keys: KeyPath;
      /** The Service that it is meant as. */
      readonly value: unknown;
    };

/**
 * The manifests of a document: the document itself, or the items of a List, including nested Lists. An empty document
 * has none.
 * @param assumeService whether a document without a kind is a Service
 */
export function* manifestsOf(document: TextDocument, assumeService: boolean): Generator<Manifest> {
  const { value } = document;
  if (value === null && !assumeService) return;
  const root = value ?? {};
  const list = listOf(root, [], assumeService);
  if (list === undefined) yield manifestOf(root, [], assumeService);
  // Not recursive: a hostile text could nest Lists deeply enough to overflow the call stack.
  const openLists = list === undefined ? [] : [list];
  for (let current = openLists.at(-1); current !== undefined; current = openLists.at(-1)) {
    if (current.next >= current.items.length) {
      openLists.pop();
      continue;
    }
    const index = current.next++;
    const keys = [...current.keys, "items", index];
    const inner = listOf(current.items[index], keys, current.assumeService);
    if (inner === undefined) yield manifestOf(typed(current.items[index], current), keys, current.assumeService);
    else openLists.push(inner);
  }
}

interface OpenList {
  readonly items: readonly unknown[];
  readonly keys: KeyPath;
  readonly assumeService: boolean;
  /** What items are that do not say so themselves. */
  readonly itemType: ItemType | undefined;
  next: number;
}

interface ItemType {
  readonly apiVersion: string;
  readonly kind: string;
}

function listOf(value: unknown, keys: KeyPath, assumeService: boolean): OpenList | undefined {
  if (!isObject(value)) return undefined;
  const { apiVersion, kind, items } = value;
  if (!Array.isArray(items) || typeof kind !== "string" || !kind.endsWith("List")) return undefined;
  // The items of a ServiceList may omit kind and apiVersion.
  const areServices = kind === "ServiceList" && apiVersion === "v1";
  const itemKind = kind.slice(0, -"List".length);
  const itemType = typeof apiVersion !== "string" || itemKind === "" ? undefined : { apiVersion, kind: itemKind };
  return { items, keys, assumeService: assumeService || areServices, itemType, next: 0 };
}

/**
 * An item of a list, which may leave its type to the list, as the API server answers with it: a DeploymentList has Deployments
 * (kubernetes/apimachinery `pkg/apis/meta/v1/unstructured/helpers.go`).
 */
function typed(item: unknown, { itemType, assumeService }: OpenList): unknown {
  if (itemType === undefined || assumeService || !isObject(item)) return item;
  return isEmpty(item["apiVersion"]) && isEmpty(item["kind"]) ? { ...item, ...itemType } : item;
}

function manifestOf(value: unknown, keys: KeyPath, assumeService: boolean): Manifest {
  if (isObject(value)) return classify(value, keys, assumeService);
  if (Array.isArray(value) && value.some(isManifest)) return { type: "bare-list", keys };
  return assumeService ? { type: "service", value, keys } : { type: "none" };
}

function isManifest(value: unknown): boolean {
  return isObject(value) && typeof value["apiVersion"] === "string" && typeof value["kind"] === "string";
}

const MISSPELLED = /^(?:services?|svc)$/i;

function classify(value: JsonObject, keys: KeyPath, assumeService: boolean): Manifest {
  const { apiVersion, kind } = value;
  if (kind === "Service" && !assumeService && isEmpty(apiVersion)) {
    return { type: "version-missing", keys, ...writtenAs("apiVersion", value) };
  }
  if (kind === "Service" && !isExtension(apiVersion)) return { type: "service", value, keys };
  if (isEmpty(kind)) {
    if (assumeService) return { type: "service", value, keys };
    const hasMetadata = typeof apiVersion === "string" && isObject(value["metadata"]);
    return hasMetadata ? { type: "kind-missing", keys, ...writtenAs("kind", value) } : { type: "none" };
  }
  if (apiVersion === "v1" && typeof kind === "string" && MISSPELLED.test(plainText(kind).trim())) {
    return { type: "kind-unknown", kind, keys, value: { ...value, kind: "Service" } };
  }
  if (kind === "Template" && Array.isArray(value["objects"])) return { type: "template" };
  return isEmpty(apiVersion) ? { type: "none" } : { type: "other", value, keys };
}

/** The key of the object that looks like the field but for the case of its letters. */
function writtenAs(field: string, value: JsonObject): { readonly written?: string } {
  const written = Object.keys(value).find(
    (key) => key !== field && plainText(key).trim().toLowerCase() === field.toLowerCase(),
  );
  return written === undefined ? {} : { written };
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === "";
}

/**
 * Whether the version is that of an extension, which may have a Service kind of its own, as Knative does. Groups of
 * extensions contain a dot; those of Kubernetes itself, such as `apps`, do not, and have no Service kind.
 */
function isExtension(apiVersion: unknown): boolean {
  return typeof apiVersion === "string" && /\..*\//.test(apiVersion);
}
