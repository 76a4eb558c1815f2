import { basename } from "node:path";
import { findProgram, type ProgramResult, runProgram } from "./program.ts";
import type { RenderTarget } from "./targets.ts";

/** The outcome of one rendering. */
export interface Rendering {
  readonly target: RenderTarget;
  /** What was rendered, for people: `charts/shop with values-prod.yaml`. */
  readonly name: string;
  readonly outcome: { readonly text: string } | RenderFailure;
}

/** Why a chart or an overlay could not be rendered. */
export interface RenderFailure {
  readonly failure: string;
  readonly fix?: string;
}

/** How charts are rendered. */
export interface RenderOptions {
  /** The Kubernetes version that charts are told, such as `1.36`. */
  readonly kubernetesVersion: string;
  /** How many renderings run at a time. */
  readonly concurrency: number;
  /** The folders that programs are looked for in; by default the environment's `PATH`. */
  readonly path?: string;
}

/** Renders all targets with a few processes at a time, and yields the outcomes in the order of the targets. */
export async function* renderAll(targets: readonly RenderTarget[], options: RenderOptions): AsyncGenerator<Rendering> {
  const running: Promise<Rendering>[] = [];
  let started = 0;
  while (started < targets.length || running.length > 0) {
    for (; running.length < options.concurrency; started++) {
      const target = targets[started];
      if (target === undefined) break;
      running.push(render(target, options));
    }
    const next = running.shift();
    if (next !== undefined) yield await next;
  }
}

async function render(target: RenderTarget, options: RenderOptions): Promise<Rendering> {
  const outcome = await (target.type === "chart" ? renderChart(target, options) : renderOverlay(target, options));
  return { target, name: nameOf(target), outcome };
}

/** The folder, and the names of the values if they are not the chart's own. */
function nameOf({ folder, values }: RenderTarget): string {
  return values.length === 0 ? folder : `${folder} with ${values.map((file) => basename(file)).join(", ")}`;
}

async function renderChart({ folder, values }: RenderTarget, options: RenderOptions): Promise<Rendering["outcome"]> {
  const helm = findProgram("helm", options.path);
  if (helm === undefined) {
    return { failure: "helm is needed to render this chart, and is not in PATH", fix: "install Helm: https://helm.sh" };
  }
  const result = await runProgram(helm, [
    "template",
    releaseOf(folder),
    pathArgument(folder),
    "--kube-version",
    options.kubernetesVersion,
    ...values.flatMap((file) => ["--values", file]),
  ]);
  return outcomeOf(result, chartFix(folder, result));
}

/** A release name that Helm accepts; charts then leave it out of the names of objects. */
function releaseOf(folder: string): string {
  const name = basename(folder)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "")
    .slice(0, 53);
  return name === "" ? "release" : name;
}

function chartFix(folder: string, result: ProgramResult): string | undefined {
  const isIncomplete = "failure" in result && /missing in charts\/|dependency build/.test(result.failure);
  return isIncomplete ? `fetch its dependencies first: helm dependency build ${folder}` : undefined;
}

async function renderOverlay({ folder }: RenderTarget, options: RenderOptions): Promise<Rendering["outcome"]> {
  const kustomize = findProgram("kustomize", options.path);
  if (kustomize !== undefined) return outcomeOf(await runProgram(kustomize, ["build", pathArgument(folder)]));
  const kubectl = findProgram("kubectl", options.path);
  if (kubectl !== undefined) return outcomeOf(await runProgram(kubectl, ["kustomize", pathArgument(folder)]));
  return {
    failure: "kustomize or kubectl is needed to render this overlay, and neither is in PATH",
    fix: "install one of them: https://kubectl.docs.kubernetes.io/installation/kustomize/",
  };
}

/** A path that cannot be taken for an option, or for the name of a chart in a repository. */
function pathArgument(folder: string): string {
  return /^\.{0,2}\//.test(folder) ? folder : `./${folder}`;
}

function outcomeOf(result: ProgramResult, fix?: string): Rendering["outcome"] {
  if ("output" in result) return { text: result.output };
  return fix === undefined ? result : { ...result, fix };
}
