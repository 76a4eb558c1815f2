import { type LocatedObject, objectsIn, type ReadingOptions, type TextObjects } from "../../check/inventory/index.ts";
import { isObject, valueAt } from "../../field/index.ts";
import { hasLabels, selects, type ServiceEntry, type WorkloadEntry } from "../../inventory/model/index.ts";
import { type KeyPath, Lines, type TextRange } from "../../text/document/index.ts";
import { manifestOf, type Target } from "./target.ts";

/** A place in a file. */
export interface Place extends TextRange {
  readonly file: string;
  readonly text: string;
}

/** Where definitions are searched. */
export interface Searched {
  /** The files, with the objects in each. */
  readonly files: Iterable<readonly [file: string, content: TextObjects]>;
  readonly textOf: (file: string) => string | undefined;
  readonly options: ReadingOptions;
}

/** Where a target is defined: in all files that have it, since each environment may have its own. */
export function placesOf(target: Target, { files, textOf, options }: Searched): readonly Place[] {
  const places: Place[] = [];
  for (const [file, { objects }] of files) {
    if (!objects.some(({ entries }) => entryFor(target, entries) !== undefined)) continue;
    const text = textOf(file);
    if (text === undefined) continue;
    for (const found of objectsIn(new Lines(text), options)) {
      if ("type" in found || entryFor(target, found.object.entries) === undefined) continue;
      for (const range of rangesIn(found, target)) places.push({ file, text, ...range });
    }
  }
  return places;
}

/** What of an object is the target, if anything is. */
function entryFor(
  target: Target,
  { services = [], workloads = [] }: LocatedObject["object"]["entries"],
): ServiceEntry | WorkloadEntry | undefined {
  switch (target.type) {
    case "service":
      return services.find(({ namespace, name }) => namespace === target.namespace && name === target.name);
    case "services":
      return services.find(
        ({ namespace, labels = {} }) =>
          target.namespaces?.includes(namespace) !== false && selects(target.selector, labels),
      );
    case "workload":
      return workloads.find(
        ({ namespace, labels }) => namespace === target.namespace && hasLabels(labels, target.selector),
      );
  }
}

/** The place of the port, if one is asked for and there is one; otherwise that of the name. */
function rangesIn(found: LocatedObject, target: Target): TextRange[] {
  const ports =
    target.type === "services" || target.port === undefined ? [] : portPaths(found, target.type, target.port);
  const ranges = ports.flatMap((path) => rangeAt(found, path));
  return ranges.length > 0 ? ranges : rangeAt(found, ["metadata", "name"]);
}

function rangeAt({ document, keys }: LocatedObject, path: KeyPath): TextRange[] {
  const range = document.rangeOf([...keys, ...path], "value") ?? document.rangeOf(keys, "value");
  return range === undefined ? [] : [range];
}

/**
 * The fields by which a port is named, the first that any has. An OpenShift Route may name the port of a Service by that of the
 * containers.
 */
const PORT_FIELDS = { service: ["name", "port", "targetPort"], workload: ["name", "containerPort"] } as const;

/** Where ports are that have the name or the number. */
function portPaths(found: LocatedObject, type: keyof typeof PORT_FIELDS, wanted: number | string): KeyPath[] {
  const manifest = manifestOf(found);
  const lists = type === "workload" ? portLists(manifest) : [["spec", "ports"]];
  const ports = lists.flatMap((path) =>
    itemsAt(manifest, path).map((port, index) => ({ port, path: [...path, index] })),
  );
  for (const field of PORT_FIELDS[type]) {
    const named = ports.filter(({ port }) => isObject(port) && port[field] === wanted);
    if (named.length > 0) return named.map(({ path }) => [...path, field]);
  }
  return [];
}

/** As deep as the containers of a CronJob are, and of what operators make Pods from. */
const MOST_LEVELS = 10;

/** The lists of container ports anywhere in an object. */
function portLists(value: unknown, path: KeyPath = []): KeyPath[] {
  if (path.length > MOST_LEVELS) return [];
  if (Array.isArray(value)) return value.flatMap((item, index) => portLists(item, [...path, index]));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, child]) => {
    const below = [...path, key];
    const isContainers = key === "containers" || key === "initContainers";
    return isContainers && Array.isArray(child)
      ? child.map((_container, index) => [...below, index, "ports"])
      : portLists(child, below);
  });
}

function itemsAt(value: unknown, path: KeyPath): readonly unknown[] {
  const items = valueAt(value, path);
  return Array.isArray(items) ? items : [];
}
