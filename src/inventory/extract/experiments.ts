import type { JsonObject, Writable } from "../../field/index.ts";
import type { WorkloadEntry } from "../model/index.ts";
import { itemsAt, labelsAt } from "../read/index.ts";

/**
 * The Pods that a Rollout runs beside its own during experiments, the steps of an update: they have the Rollout's template, and labels of
 * their own besides. Source: argoproj/argo-rollouts `rollout/experiment.go`.
 * @param rollout its entry
 */
export function experimentsOf(group: string, rollout: WorkloadEntry, object: JsonObject): readonly WorkloadEntry[] {
  if (group !== "argoproj.io" || rollout.kind !== "Rollout") return [];
  const own: Writable<WorkloadEntry> = { ...rollout };
  delete own.replicas;
  return itemsAt(object, ["spec", "strategy", "canary", "steps"])
    .flatMap((step) => itemsAt(step, ["experiment", "templates"]))
    .flatMap((template) => {
      const labels = labelsAt(template, ["metadata", "labels"]);
      return labels === undefined ? [] : [{ ...own, labels: { ...own.labels, ...labels } }];
    });
}
