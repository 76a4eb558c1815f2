import type { JsonObject } from "../../field/index.ts";
import type { ScalerEntry } from "../model/index.ts";
import { type ExtractOptions, identityOf, textAt } from "../read/index.ts";

/** Where the kinds that set the number of a workload's Pods name the workload, and the kind that they mean by default. */
const SCALERS: Readonly<Record<string, { readonly target: readonly string[]; readonly kind?: string }>> = {
  "autoscaling/HorizontalPodAutoscaler": { target: ["spec", "scaleTargetRef"] },
  "keda.sh/ScaledObject": { target: ["spec", "scaleTargetRef"], kind: "Deployment" },
  // It takes the Pods over from a Deployment, and scales that down.
  "argoproj.io/Rollout": { target: ["spec", "workloadRef"] },
};

/** What sets the number of another workload's Pods; undefined for all else. */
export function scalerEntry(
  group: string,
  kind: string,
  object: JsonObject,
  options: ExtractOptions,
): ScalerEntry | undefined {
  const key = `${group}/${kind}`;
  const scaler = Object.hasOwn(SCALERS, key) ? SCALERS[key] : undefined;
  if (scaler === undefined) return undefined;
  const target = textAt(object, [...scaler.target, "name"]);
  const targetKind = textAt(object, [...scaler.target, "kind"]) ?? scaler.kind;
  if (target === undefined || targetKind === undefined) return undefined;
  return { ...identityOf(object, options), workload: { kind: targetKind, name: target } };
}
