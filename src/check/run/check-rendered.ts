import { dirname, normalize } from "node:path";
import { Lines } from "../../text/document/index.ts";
import { examine } from "../../examine/findings/index.ts";
import { inSets, type RunContext } from "../context/index.ts";
import { type FileResult, withFingerprints } from "../fingerprints/index.ts";
import type { Input } from "../inputs/index.ts";
import type { Kustomizations } from "../layout/index.ts";
import { frameOf } from "../../examine/places/index.ts";
import {
  marksRenderTarget,
  Origins,
  type RenderFailure,
  type Rendering,
  type RenderPlan,
  renderPlan,
  resourceFiles,
} from "../render/index.ts";
import type { CheckEvent, RunResults } from "./run-results.ts";

/** The inputs of a run with `--render`: what is rendered, and what is judged as it is. */
export interface RenderInputs {
  readonly plan: RenderPlan;
  /** The inputs that belong to no chart and to no overlay. */
  readonly others: readonly Input[];
}

/** @param values the files of `--helm-values` */
export function renderInputs(
  inputs: Iterable<Input>,
  values: readonly string[],
  kustomizations: Kustomizations,
): RenderInputs {
  const all = [...inputs];
  const marks = all.filter(({ type, file }) => type === "file" && marksRenderTarget(file)).map(({ file }) => file);
  const plan = renderPlan(marks, values, kustomizations);
  const overlays = plan.targets.filter(({ type }) => type === "overlay");
  const rendered = new Set(
    [...marks, ...overlays.flatMap(({ folder }) => resourceFiles(folder, kustomizations))].map(normalize),
  );
  const isRendered = (file: string): boolean => rendered.has(normalize(file)) || isInside(normalize(file), plan.charts);
  const isOther = (input: Input): boolean => {
    if (input.type === "skipped")
      return input.role.type === "helm-template" && !isInside(normalize(input.file), plan.charts);
    return input.type !== "file" || !isRendered(input.file);
  };
  return { plan, others: all.filter(isOther) };
}

/** Whether one of the folders above the file is in the set. */
function isInside(file: string, folders: ReadonlySet<string>): boolean {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    if (folders.has(folder)) return true;
    if (folder === dirname(folder)) return false;
  }
}

/** Judges rendered charts and overlays. Findings are at the template's or base's own line if possible. */
export async function* checkRendered(
  renderings: AsyncIterable<Rendering> | Iterable<Rendering>,
  kustomizations: Kustomizations,
  context: RunContext,
  results: RunResults,
): AsyncGenerator<CheckEvent> {
  let folder: FolderRun | undefined;
  for await (const rendering of renderings) {
    if (rendering.target.folder !== folder?.path) {
      if (folder !== undefined) yield* folder.reportFailures(results);
      folder = new FolderRun(rendering.target.folder, kustomizations);
    }
    yield* folder.add(rendering, context, results);
  }
  if (folder !== undefined) yield* folder.reportFailures(results);
}

/** The renderings of one folder. What several of them have in common is reported once. */
class FolderRun {
  readonly path: string;
  readonly #kustomizations: Kustomizations;
  readonly #seen = new Set<string>();
  readonly #failures: (Rendering & { readonly outcome: RenderFailure })[] = [];
  #isRendered = false;

  constructor(path: string, kustomizations: Kustomizations) {
    this.path = path;
    this.#kustomizations = kustomizations;
  }

  *add(rendering: Rendering, context: RunContext, results: RunResults): Generator<CheckEvent> {
    const { target, name, outcome } = rendering;
    if ("failure" in outcome) {
      this.#failures.push({ ...rendering, outcome });
      return;
    }
    this.#isRendered = true;
    const { text } = outcome;
    const origins = new Origins(target, new Lines(text), this.#kustomizations);
    const sets = [{ name }];
    const examined = withFingerprints(examine(text, name, inSets(context, sets)));
    yield* results.addFile(name, text, this.#located(examined, origins), sets);
  }

  /**
   * A failure is an error if nothing could be rendered: most charts fail with one of their files of values. One that does
   * not depend on the values, such as a missing dependency, is reported once.
   */
  *reportFailures(results: RunResults): Generator<CheckEvent> {
    const severity = this.#isRendered ? "warning" : "error";
    const reported = new Set<string>();
    for (const { name, outcome } of this.#failures) {
      if (reported.has(outcome.failure)) continue;
      reported.add(outcome.failure);
      yield* results.addRenderFailure(name, outcome, severity);
    }
  }

  /** The results with findings where they come from. */
  *#located(results: Iterable<FileResult>, origins: Origins): Generator<FileResult> {
    for (const result of results) {
      if (result.type !== "finding") {
        yield result;
        continue;
      }
      const finding = locatedFinding(result.finding, origins);
      const { file, region, rule, message, service } = finding;
      const key = JSON.stringify([file, region, rule, message, service]);
      if (!this.#seen.has(key)) yield { type: "finding", finding };
      this.#seen.add(key);
    }
  }
}

type Finding = Extract<FileResult, { type: "finding" }>["finding"];

function locatedFinding(finding: Finding, origins: Origins): Finding {
  const origin = origins.find(finding.region);
  if (origin === undefined) return finding;
  const { file, region, lines } = origin;
  const rendered = `${finding.file}, line ${finding.region.startLine}`;
  return { ...finding, file, region, frame: frameOf(region, lines), rendered };
}
