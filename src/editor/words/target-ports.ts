import { hasLabels, type Labels, type WorkloadEntry } from "../../inventory/model/index.ts";
import type { KeyPath } from "../../text/document/index.ts";
import type { Analysis } from "../analysis/index.ts";
import { nodeAt, scalarAt, type SketchNode } from "../cursor/index.ts";
import type { Word } from "./word.ts";

/** The field, as {@link fieldName} names it. */
export const TARGET_PORT = "spec.ports[].targetPort";

/** So many of the workloads that have a port are named beside it. */
const MOST_NAMED = 3;

/**
 * The names of the container ports that a Service selects and that have the protocol of its port: the API server's endpoints go to
 * these (kubernetes `pkg/api/v1/pod/util.go`, `FindPort`). A number needs no help.
 * @param node the Service
 * @param keys of the field, from the Service on
 */
export function targetPortWords(node: SketchNode | undefined, keys: KeyPath, analysis: Analysis): readonly Word[] {
  const protocol = scalarAt(nodeAt(node, keys.slice(0, -1)), "protocol") ?? "TCP";
  const details = new Map<string, Set<string>>();
  for (const { kind, name, ports = [] } of selected(node, analysis)) {
    for (const port of ports) {
      if (port.name === undefined || port.protocol !== protocol) continue;
      const known = details.get(port.name) ?? new Set();
      details.set(port.name, known.add(`${kind} ${name}: ${port.port}`));
    }
  }
  return [...details].map(([label, workloads], rank) => ({ label, detail: listed([...workloads]), rank }));
}

/** What makes the Pods of a Service. A namespace that is left open may be any. */
function selected(node: SketchNode | undefined, { workloads = [], context }: Analysis): readonly WorkloadEntry[] {
  const selector = labelsOf(nodeAt(node, ["spec", "selector"]));
  if (Object.keys(selector).length === 0) return [];
  const { isNamespaceCertain, namespace } = context.settings;
  const own = scalarAt(nodeAt(node, ["metadata"]), "namespace") ?? (isNamespaceCertain ? namespace : undefined);
  return workloads.filter(
    (workload) =>
      (own === undefined || workload.isNamespaceOpen === true || workload.namespace === own) &&
      hasLabels(workload.labels, selector),
  );
}

function labelsOf(node: SketchNode | undefined): Labels {
  const entries = node?.kind === "map" ? node.entries : [];
  return Object.fromEntries(
    entries.flatMap(({ key, value }) => (value?.kind === "scalar" ? [[key.text, value.text]] : [])),
  );
}

function listed(texts: readonly string[]): string {
  const more = texts.length - MOST_NAMED;
  return more <= 0 ? texts.join(", ") : `${texts.slice(0, MOST_NAMED).join(", ")} and ${more} more`;
}
