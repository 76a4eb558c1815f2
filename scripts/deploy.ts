import { execFile } from "node:child_process";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { type Document, parseAllDocuments, stringify } from "yaml";
import { tools } from "./tools.ts";

const ROOT = join(import.meta.dirname, "..");
const NAMESPACE = "fairlead";
const HEADER = "# Rendered from charts/fairlead by scripts/deploy.ts; change the chart, not this.\n";
/** The labels by which Helm marks objects that it manages, which these are not. */
const HELM_LABELS = ["helm.sh/chart", "app.kubernetes.io/managed-by"];
/** The comment that Helm writes above each object. */
const TEMPLATE_NAME = /^# Source: .*\n/gm;

/**
 * The plain manifests: the chart with its defaults as a kustomization, by file name.
 * @throws Error if Helm cannot render it
 */
export async function manifests(): Promise<ReadonlyMap<string, string>> {
  const { helm } = await tools();
  const chart = join(ROOT, "charts", "fairlead");
  const args = ["template", "fairlead", chart, "--namespace", NAMESPACE, "--set", "crds.keep=false", "--skip-tests"];
  const { stdout } = await promisify(execFile)(helm, args, { maxBuffer: 2 ** 26 });
  const objects = parseAllDocuments(stdout.replaceAll(TEMPLATE_NAME, "")).filter(
    (document) => document.contents !== null,
  );
  const isDefinition = (document: Document): boolean => document.get("kind") === "CustomResourceDefinition";
  const files = new Map([
    ["namespace.yaml", stringify(namespace())],
    ["crds.yaml", text(objects.filter(isDefinition))],
    ["fairlead.yaml", text(objects.filter((document) => !isDefinition(document)))],
  ]);
  const kustomization = {
    apiVersion: "kustomize.config.k8s.io/v1beta1",
    kind: "Kustomization",
    resources: [...files].filter(([, content]) => content !== "").map(([name]) => name),
  };
  files.set("kustomization.yaml", stringify(kustomization));
  return new Map([...files].filter(([, content]) => content !== "").map(([name, content]) => [name, HEADER + content]));
}

/** The namespace enforces the Pod Security Standard `restricted`. */
function namespace(): object {
  const labels = { "pod-security.kubernetes.io/enforce": "restricted" };
  return { apiVersion: "v1", kind: "Namespace", metadata: { name: NAMESPACE, labels } };
}

function text(documents: readonly Document[]): string {
  return documents.map(withoutHelm).join("---\n");
}

function withoutHelm(document: Document): string {
  for (const label of HELM_LABELS) {
    for (const owner of [[], ["spec", "template"]]) {
      const path = [...owner, "metadata", "labels", label];
      if (document.hasIn(path)) document.deleteIn(path);
    }
  }
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}

async function present(folder: string): Promise<ReadonlyMap<string, string>> {
  const names = await readdir(folder);
  return new Map(
    await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name), "utf8")] as const)),
  );
}

if (import.meta.main) {
  const folder = join(ROOT, "deploy");
  await mkdir(folder, { recursive: true });
  const [fresh, old] = [await manifests(), await present(folder)];
  const stale = [...new Set([...fresh.keys(), ...old.keys()])].filter((name) => fresh.get(name) !== old.get(name));
  if (!process.argv.includes("--check")) {
    for (const name of stale) await rm(join(folder, name), { force: true });
    for (const [name, content] of fresh) await writeFile(join(folder, name), content);
  } else if (stale.length > 0) {
    console.error(`deploy/ is stale (${stale.join(", ")}): run \`node scripts/deploy.ts\``);
    process.exitCode = 1;
  }
}
