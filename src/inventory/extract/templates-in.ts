import { isObject, type JsonObject } from "../../field/index.ts";
import type { WorkloadEntry } from "../model/index.ts";
import { type ExtractOptions, identityOf, labelsAt } from "../read/index.ts";

/** As deep as Pod templates are: `spec.replicatedJobs[].template.spec.template` is six. */
const MAX_DEPTH = 8;
/** Enough for an object that somebody wrote. */
const MAX_VALUES = 5000;

/** `template`, `podTemplate`, `workerTemplate` ... */
const TEMPLATE = /template$/i;

/**
 * What an object of a kind of somebody else makes Pods of, as far as that can be told: whatever looks like a Pod template. The operator
 * may add ports and set the number of Pods, so that neither is known.
 */
export function templatesIn(
  group: string,
  kind: string,
  object: JsonObject,
  options: ExtractOptions,
): readonly WorkloadEntry[] {
  // The groups without a dot are those of Kubernetes; the schemas of definitions are long.
  if (!group.includes(".") || group.endsWith(".k8s.io") || !isObject(object["spec"])) return [];
  const identity = identityOf(object, options);
  return podTemplatesIn(object["spec"]).flatMap((template) => {
    const labels = labelsAt(template, ["metadata", "labels"]);
    return labels === undefined ? [] : [{ ...identity, kind, labels }];
  });
}

/** Breadth first, so that a limit leaves out what is deepest. */
function podTemplatesIn(spec: JsonObject): readonly JsonObject[] {
  const templates: JsonObject[] = [];
  let level: readonly unknown[] = [spec];
  let left = MAX_VALUES;
  for (let depth = 0; depth < MAX_DEPTH && level.length > 0; depth++) {
    const next: unknown[] = [];
    for (const value of level) {
      if (--left < 0) return templates;
      if (Array.isArray(value)) for (const item of value) next.push(item);
      if (!isObject(value)) continue;
      for (const [key, child] of Object.entries(value)) {
        if (isObject(child) && TEMPLATE.test(key) && isPodTemplate(child)) templates.push(child);
        else if (typeof child === "object") next.push(child);
      }
    }
    level = next;
  }
  return templates;
}

/** Secrets, claims and routes have templates, too: these have no containers. */
function isPodTemplate({ spec }: JsonObject): boolean {
  return isObject(spec) && Array.isArray(spec["containers"]);
}
