import { isObject, type JsonObject, objectsWithin } from "../../field/index.ts";
import type { WorkloadEntry } from "../model/index.ts";
import { type ExtractOptions, identityOf, labelsAt } from "../read/index.ts";

/** As deep as Pod templates are: `spec.replicatedJobs[].template.spec.template` is six. Enough for an object that somebody wrote. */
const LIMITS = { depth: 8, values: 5000 } as const;

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

function podTemplatesIn(spec: JsonObject): readonly JsonObject[] {
  const templates: JsonObject[] = [];
  for (const value of objectsWithin(spec, LIMITS)) {
    for (const [key, child] of Object.entries(value)) {
      if (TEMPLATE.test(key) && isObject(child) && isPodTemplate(child)) templates.push(child);
    }
  }
  return templates;
}

/** Secrets, claims and routes have templates, too: these have no containers. */
function isPodTemplate({ spec }: JsonObject): boolean {
  return isObject(spec) && Array.isArray(spec["containers"]);
}
