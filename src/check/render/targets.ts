import { readdirSync } from "node:fs";
import { basename, dirname, join, normalize } from "node:path";
import { isObject } from "../../field/index.ts";
import { readSource } from "../../files/index.ts";
import { readText } from "../../text/index.ts";
import { isKustomization } from "../../examine/manifests/index.ts";
import type { Kustomizations } from "../layout/index.ts";
import { referredPaths } from "./kustomization.ts";

/** A chart with one set of values, or a kustomize overlay. */
export interface RenderTarget {
  readonly type: "chart" | "overlay";
  readonly folder: string;
  /** Files of values, in their order; none for an overlay, and for a chart with its defaults only. */
  readonly values: readonly string[];
}

/** What is to be rendered among the files of a run. */
export interface RenderPlan {
  readonly targets: readonly RenderTarget[];
  /** The folders of all charts: their files are rendered, or are parts of what is. */
  readonly charts: ReadonlySet<string>;
  readonly kustomizations: Kustomizations;
}

const CHART = "Chart.yaml";

/** Whether the file's name makes its folder a chart or a kustomization. */
export function marksRenderTarget(file: string): boolean {
  const name = basename(file);
  return name === CHART || isKustomization(name);
}

/**
 * The charts and overlays among files. A chart inside another chart's `charts` folder, a library chart, and a
 * kustomization that another one refers to are parts of others, and are rendered with these.
 * @param files those for which {@link marksRenderTarget} holds
 * @param values files of values for every chart; if there are none, each chart is rendered with its defaults and with
 *   each file of values beside its Chart.yaml
 */
export function renderPlan(
  files: readonly string[],
  values: readonly string[],
  kustomizations: Kustomizations,
): RenderPlan {
  const marks = files.filter((file) => basename(file) === CHART);
  const charts = new Set(marks.map((file) => normalize(dirname(file))));
  const applications = marks.filter((file) => !isSubchart(file, charts) && !isLibrary(file));
  const folders = files.filter((file) => basename(file) !== CHART).map((file) => dirname(file));
  const referred = new Set(folders.flatMap((folder) => referredPaths(folder, kustomizations)));
  const overlays = folders.filter(
    (folder) => !referred.has(normalize(folder)) && kustomizations.in(folder)?.isComponent !== true,
  );
  return {
    targets: [
      ...applications.flatMap((file) => chartTargets(dirname(file), values)),
      ...overlays.map((folder) => ({ type: "overlay", folder, values: [] }) as const),
    ],
    charts,
    kustomizations,
  };
}

/** Of a chart that cannot be read, rendering reports why. */
function isLibrary(file: string): boolean {
  const source = readSource(file);
  const value = "text" in source ? readText(source.text, { format: "auto" }).documents[0]?.value : undefined;
  return isObject(value) && value["type"] === "library";
}

function isSubchart(file: string, chartFolders: ReadonlySet<string>): boolean {
  const parent = dirname(dirname(normalize(file)));
  return basename(parent) === "charts" && chartFolders.has(dirname(parent));
}

const VALUES_BESIDE = /^values[-._].*\.ya?ml$/;
/** Where chart-testing (`ct`) looks for values. */
const CI_FOLDER = "ci";
const CI_VALUES = /-values\.ya?ml$/;

function chartTargets(folder: string, values: readonly string[]): RenderTarget[] {
  if (values.length > 0) return [{ type: "chart", folder, values }];
  const own = filesIn(folder, VALUES_BESIDE).map((name) => join(folder, name));
  const ci = filesIn(join(folder, CI_FOLDER), CI_VALUES).map((name) => join(folder, CI_FOLDER, name));
  return [
    { type: "chart", folder, values: [] },
    ...[...own, ...ci].map((file) => ({ type: "chart", folder, values: [file] }) as const),
  ];
}

function filesIn(folder: string, names: RegExp): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => names.test(name))
      .sort();
  } catch {
    // Most charts have no such folder.
    return [];
  }
}
