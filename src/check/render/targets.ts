import { readdirSync } from "node:fs";
import { basename, dirname, join, normalize } from "node:path";
import { isKustomization } from "../layout/index.ts";
import { firstDocument, referredPaths } from "./kustomization.ts";

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
  /** How many folders are rendered only as a part of others, by what they are. */
  readonly parts: { readonly libraryCharts: number; readonly subcharts: number; readonly bases: number };
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
export function renderPlan(files: readonly string[], values: readonly string[]): RenderPlan {
  const charts = files.filter((file) => basename(file) === CHART);
  const chartFolders = new Set(charts.map((file) => normalize(dirname(file))));
  const [subcharts, ownCharts] = split(charts, (file) => isSubchart(file, chartFolders));
  const [libraries, applications] = split(ownCharts, (file) => firstDocument(file)["type"] === "library");
  const kustomizations = files.filter((file) => basename(file) !== CHART);
  const referred = new Set(kustomizations.flatMap(referredPaths));
  const [bases, overlays] = split(
    kustomizations,
    (file) => referred.has(normalize(dirname(file))) || firstDocument(file)["kind"] === "Component",
  );
  return {
    targets: [
      ...applications.flatMap((file) => chartTargets(dirname(file), values)),
      ...overlays.map((file) => ({ type: "overlay", folder: dirname(file), values: [] }) as const),
    ],
    parts: { libraryCharts: libraries.length, subcharts: subcharts.length, bases: bases.length },
  };
}

function split<Item>(items: readonly Item[], isFirst: (item: Item) => boolean): [Item[], Item[]] {
  return [items.filter(isFirst), items.filter((item) => !isFirst(item))];
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
