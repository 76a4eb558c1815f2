import { isObject, valueAt } from "../../../field/index.ts";
import type { Labels, LabelSelector } from "../../model/index.ts";
import { type Finder, type FoundSelector, itemsAt, portPart, textAt } from "./found.ts";

/**
 * The Services that a ServiceMonitor selects: once for itself, and once for each port that its endpoints name. `targetPort` is a
 * port of the containers, and counts only where no `port` is named.
 */
export const inServiceMonitor: Finder = function* (monitor) {
  const keys = ["spec", "selector"];
  const selector = valueAt(monitor, keys);
  if (!isObject(selector)) return;
  const to: FoundSelector = { selector: labelSelector(selector), namespaces: namespacesOf(monitor) };
  yield { keys, to };
  for (const { item, at } of itemsAt(monitor, ["spec", "endpoints"])) {
    const port = portPart(item, at, ["port"]);
    if (port.port !== undefined) yield { keys, to, ...port };
  }
};

function namespacesOf(monitor: unknown): FoundSelector["namespaces"] {
  const at = ["spec", "namespaceSelector"];
  if (valueAt(monitor, [...at, "any"]) === true) return "any";
  const names = texts(valueAt(monitor, [...at, "matchNames"]));
  return names.length === 0 ? "own" : names;
}

function labelSelector(selector: unknown): LabelSelector {
  const labels = valueAt(selector, ["matchLabels"]);
  const expressions = Array.from(itemsAt(selector, ["matchExpressions"]), ({ item }) => ({
    key: textAt(item, ["key"]) ?? "",
    operator: textAt(item, ["operator"]) ?? "",
    values: texts(valueAt(item, ["values"])),
  }));
  return {
    ...(isObject(labels) && { matchLabels: labelsOf(labels) }),
    ...(expressions.length > 0 && { matchExpressions: expressions }),
  };
}

function labelsOf(labels: Readonly<Record<string, unknown>>): Labels {
  return Object.fromEntries(
    Object.entries(labels).flatMap(([key, value]) => (typeof value === "string" ? [[key, value] as const] : [])),
  );
}

function texts(values: unknown): readonly string[] {
  return Array.isArray(values) ? values.filter((value) => typeof value === "string") : [];
}
