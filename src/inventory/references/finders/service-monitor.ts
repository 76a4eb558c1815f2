import { isObject, valueAt } from "../../../field/index.ts";
import type { LabelSelector } from "../../model/index.ts";
import { labelsAt, textAt, textsAt } from "../../read/index.ts";
import { eachAt, type Finder, type FoundSelector, portPart } from "./found.ts";

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
  for (const { item, at } of eachAt(monitor, ["spec", "endpoints"])) {
    const port = portPart(item, at, ["port"]);
    if (port.port !== undefined) yield { keys, to, ...port };
  }
};

function namespacesOf(monitor: unknown): FoundSelector["namespaces"] {
  const at = ["spec", "namespaceSelector"];
  return valueAt(monitor, [...at, "any"]) === true ? "any" : (textsAt(monitor, [...at, "matchNames"]) ?? "own");
}

function labelSelector(selector: unknown): LabelSelector {
  const matchLabels = labelsAt(selector, ["matchLabels"]);
  const matchExpressions = Array.from(eachAt(selector, ["matchExpressions"]), ({ item }) => ({
    key: textAt(item, ["key"]) ?? "",
    operator: textAt(item, ["operator"]) ?? "",
    values: textsAt(item, ["values"]) ?? [],
  }));
  return {
    ...(matchLabels !== undefined && { matchLabels }),
    ...(matchExpressions.length > 0 && { matchExpressions }),
  };
}
