import { isObject, type JsonObject, valueAt } from "../../field/index.ts";
import { type LocatedObject, objectsIn, type ReadingOptions } from "../../check/inventory/index.ts";
import type { Labels, LabelSelector } from "../../inventory/model/index.ts";
import { type KeyPath, Lines } from "../../text/document/index.ts";

/** What somebody asks the definition of. */
export type Target =
  /** A Service, or one port of it. */
  | { readonly type: "service"; readonly namespace: string; readonly name: string; readonly port?: number | string }
  /** All Services with some labels. */
  | { readonly type: "services"; readonly selector: LabelSelector; readonly namespaces: readonly string[] | undefined }
  /** What makes the Pods that a Service selects, or one port of their containers. */
  | {
      readonly type: "workload";
      readonly namespace: string;
      readonly selector: Labels;
      readonly port?: number | string;
    };

/**
 * What is meant at an offset: the Service that an object names, its port, the Pods that a Service selects, or the port of
 * their containers. Undefined where nothing else is named.
 */
export function targetAt(text: string, offset: number, options: ReadingOptions): Target | undefined {
  for (const found of objectsIn(new Lines(text), options)) {
    if ("type" in found) continue;
    const { start, end } = found.document.range;
    if (start > offset || end < offset) continue;
    const target = targetOfReference(found, offset) ?? targetOfService(found, offset);
    if (target !== undefined) return target;
  }
  return undefined;
}

function targetOfReference(found: LocatedObject, offset: number): Target | undefined {
  for (const reference of found.object.entries.references ?? []) {
    const { keys, portKeys, port, target } = reference;
    const isPort = portKeys !== undefined && isAt(found, portKeys, offset);
    if (!isPort && !isAt(found, keys, offset)) continue;
    if (!("service" in target)) return { type: "services", ...target };
    const service = { type: "service", namespace: target.namespace, name: target.service } as const;
    return isPort && port !== undefined ? { ...service, port } : service;
  }
  return undefined;
}

function targetOfService(found: LocatedObject, offset: number): Target | undefined {
  const [service] = found.object.entries.services ?? [];
  if (service?.selector === undefined) return undefined;
  const { namespace, selector } = service;
  const manifest = manifestOf(found);
  const ports: unknown = valueAt(manifest, ["spec", "ports"]);
  for (const [index, port] of (Array.isArray(ports) ? ports : []).entries()) {
    const targetPort: unknown = isObject(port) ? port["targetPort"] : undefined;
    if (typeof targetPort !== "string" && typeof targetPort !== "number") continue;
    if (!isAt(found, ["spec", "ports", index, "targetPort"], offset)) continue;
    return { type: "workload", namespace, selector, port: targetPort };
  }
  return isAt(found, ["spec", "selector"], offset) ? { type: "workload", namespace, selector } : undefined;
}

/** The object as it is written. */
export function manifestOf({ document, keys }: LocatedObject): JsonObject {
  const value: unknown = keys.length === 0 ? document.value : valueAt(document.value, keys);
  return isObject(value) ? value : {};
}

function isAt({ document, keys }: LocatedObject, path: KeyPath, offset: number): boolean {
  const range = document.rangeOf([...keys, ...path], "value");
  return range !== undefined && range.start <= offset && offset <= range.end;
}
