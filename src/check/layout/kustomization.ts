import { isObject } from "../../field/index.ts";
import { textAt } from "../../inventory/read/index.ts";
import { readText } from "../../text/index.ts";
import { type ObjectChange, type PatchSource, patchSources, replicaChanges } from "./changes.ts";

/** What a kustomization says about other files. Paths are relative to its folder. */
export interface Kustomization {
  /** Files and folders with whole objects: these are applied. */
  readonly resources: readonly string[];
  /** Files that change objects, and are none themselves. */
  readonly patches: readonly string[];
  /** Settings of kustomize, Helm values, and contents of ConfigMaps and Secrets. */
  readonly data: readonly string[];
  /** The namespace that all objects get; undefined if they keep their own. */
  readonly namespace: string | undefined;
  readonly namePrefix: string;
  readonly nameSuffix: string;
  /** Whether it is a part of other ones, and is never applied by itself. */
  readonly isComponent: boolean;
  readonly patchSources: readonly PatchSource[];
  /** What it changes without a patch. */
  readonly replicas: readonly ObjectChange[];
}

type Role = "resources" | "patches" | "data";

/**
 * The fields that name files, by https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/: a list of
 * paths, or of objects with a path, or list of paths, under one of the keys.
 */
const FILE_FIELDS: readonly (readonly [field: string, role: Role, keys?: readonly string[]])[] = [
  ["resources", "resources"],
  ["bases", "resources"],
  ["components", "resources"],
  ["patches", "patches", ["path"]],
  ["patchesStrategicMerge", "patches"],
  ["patchesJson6902", "patches", ["path"]],
  ["replacements", "patches", ["path"]],
  ["configurations", "data"],
  ["crds", "data"],
  ["openapi", "data", ["path"]],
  ["generators", "data"],
  ["transformers", "data"],
  ["validators", "data"],
  ["helmCharts", "data", ["valuesFile", "additionalValuesFiles"]],
  ["helmChartInflationGenerator", "data", ["values"]],
  ["configMapGenerator", "data", ["files", "envs", "env"]],
  ["secretGenerator", "data", ["files", "envs", "env"]],
];

/** Reads a kustomization; undefined for a text that is none. */
export function parseKustomization(text: string): Kustomization | undefined {
  const value = readText(text, { format: "auto" }).documents[0]?.value;
  if (!isObject(value)) return undefined;
  const files: Record<Role, string[]> = { resources: [], patches: [], data: [] };
  for (const [field, role, keys] of FILE_FIELDS) files[role].push(...pathsIn(value[field], keys));
  return {
    ...files,
    namespace: textAt(value, ["namespace"]),
    namePrefix: textAt(value, ["namePrefix"]) ?? "",
    nameSuffix: textAt(value, ["nameSuffix"]) ?? "",
    isComponent: value["kind"] === "Component",
    patchSources: patchSources(value),
    replicas: replicaChanges(value),
  };
}

function pathsIn(value: unknown, keys: readonly string[] | undefined): string[] {
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  const named = keys === undefined ? items : items.filter(isObject).flatMap((item) => keys.flatMap((key) => item[key]));
  // A file of a generator may be given a key: `key=path`. A text of several lines is an inline patch.
  return named.flatMap((path) =>
    typeof path === "string" && !path.includes("\n") ? [path.replace(/^[^/=]+=/, "")] : [],
  );
}
