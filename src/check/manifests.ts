import { isObject } from "../field/json.ts";
import type { JsonObject } from "../field/json.ts";
import type { Keys, TextDocument } from "../text/index.ts";

/** What a document (or an item of a List) is. */
export type Manifest =
  | { readonly type: "service"; readonly value: unknown; readonly keys: Keys }
  | { readonly type: "other" }
  /** A manifest without a kind, which kubectl refuses. */
  | { readonly type: "kind-missing"; readonly keys: Keys }
  /** A Service without an apiVersion, which kubectl refuses too. */
  | { readonly type: "version-missing"; readonly keys: Keys }
  /** A kind that is a Service but for its spelling. */
  | { readonly type: "kind-unknown"; readonly kind: string; readonly keys: Keys };

/** The manifests of one document: itself, or the items of a List, of Lists in Lists too. Nothing for an empty one. */
export function* manifestsOf(document: TextDocument, assumeService: boolean): Generator<Manifest> {
  const { value } = document;
  if (value === null && !assumeService) return;
  const root = value ?? {};
  const list = listOf(root, [], assumeService);
  if (list === undefined) yield manifestOf(root, [], assumeService);
  // No call stack: Lists can be nested deep in a text that somebody made for that.
  const open = list === undefined ? [] : [list];
  for (let around = open.at(-1); around !== undefined; around = open.at(-1)) {
    if (around.next >= around.items.length) {
      open.pop();
      continue;
    }
    const index = around.next++;
    const keys = [...around.keys, "items", index];
    const inner = listOf(around.items[index], keys, around.assumeService);
    if (inner === undefined) yield manifestOf(around.items[index], keys, around.assumeService);
    else open.push(inner);
  }
}

interface OpenList {
  readonly items: readonly unknown[];
  readonly keys: Keys;
  readonly assumeService: boolean;
  next: number;
}

function listOf(value: unknown, keys: Keys, assumeService: boolean): OpenList | undefined {
  if (!isObject(value)) return undefined;
  const { apiVersion, kind, items } = value;
  if (!Array.isArray(items) || typeof kind !== "string" || !kind.endsWith("List")) return undefined;
  // The items of a ServiceList need not say what they are.
  const areServices = kind === "ServiceList" && apiVersion === "v1";
  return { items, keys, assumeService: assumeService || areServices, next: 0 };
}

function manifestOf(value: unknown, keys: Keys, assumeService: boolean): Manifest {
  if (isObject(value)) return classify(value, keys, assumeService);
  return assumeService ? { type: "service", value, keys } : { type: "other" };
}

const MISSPELLED = /^(?:services?|svc)$/i;

function classify(value: JsonObject, keys: Keys, assumeService: boolean): Manifest {
  const { apiVersion, kind } = value;
  if (kind === "Service" && !assumeService && isEmpty(apiVersion)) return { type: "version-missing", keys };
  if (kind === "Service" && !isExtension(apiVersion)) return { type: "service", value, keys };
  if (isEmpty(kind)) {
    if (assumeService) return { type: "service", value, keys };
    const isManifest = typeof apiVersion === "string" && isObject(value["metadata"]);
    return isManifest ? { type: "kind-missing", keys } : { type: "other" };
  }
  if (apiVersion === "v1" && typeof kind === "string" && MISSPELLED.test(kind)) {
    return { type: "kind-unknown", kind, keys };
  }
  return { type: "other" };
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === "";
}

/**
 * Whether the version is one of an extension, which may have a Service of its own (Knative has): their groups have a dot
 * in them, those of Kubernetes itself (`apps`) have none, and no Service.
 */
function isExtension(apiVersion: unknown): boolean {
  return typeof apiVersion === "string" && /\..*\//.test(apiVersion);
}
