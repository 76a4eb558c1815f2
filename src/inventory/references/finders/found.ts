import { isObject, type JsonObject, valueAt } from "../../../field/index.ts";
import type { LabelSelector } from "../../model/index.ts";
import { textAt } from "../../read/index.ts";

export type Keys = readonly (string | number)[];

/** A reference as it is written: what it leaves to defaults is absent. */
export interface Found {
  readonly keys: Keys;
  readonly portKeys?: Keys;
  readonly to: FoundService | FoundSelector;
  readonly port?: number | string;
  readonly needsHeadless?: true;
  readonly needsGrant?: true;
}

export interface FoundService {
  readonly service: string;
  /** Absent: the namespace of the object. */
  readonly namespace?: string;
}

export interface FoundSelector {
  readonly selector: LabelSelector;
  /** `own`: the namespace of the object; `any`: all. */
  readonly namespaces: "own" | "any" | readonly string[];
}

/** Where the objects of some kinds name Services. */
export type Finder = (object: JsonObject) => Iterable<Found>;

/** The number or the name of a port at these keys; undefined for 0 and an empty name, which stand for none. */
export function portAt(object: unknown, keys: Keys): number | string | undefined {
  const value = valueAt(object, keys);
  return (typeof value === "number" && value !== 0) || (typeof value === "string" && value !== "") ? value : undefined;
}

/** The items of the list at these keys, with the keys of each. */
export function* eachAt(object: unknown, keys: Keys): Generator<{ readonly item: JsonObject; readonly at: Keys }> {
  const list = valueAt(object, keys);
  if (!Array.isArray(list)) return;
  for (const [index, item] of list.entries()) if (isObject(item)) yield { item, at: [...keys, index] };
}

/** The first of these port fields that is there, as the part of a {@link Found}. */
export function portPart(item: unknown, at: Keys, ...names: readonly Keys[]): Pick<Found, "port" | "portKeys"> {
  for (const name of names) {
    const port = portAt(item, name);
    if (port !== undefined) return { port, portKeys: [...at, ...name] };
  }
  return {};
}

/** A namespace as part of a {@link FoundService}. */
export function namespacePart(item: unknown, ...keys: Keys): Pick<FoundService, "namespace"> {
  const namespace = textAt(item, keys);
  return namespace === undefined ? {} : { namespace };
}
