import { execFile } from "node:child_process";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import { tools } from "#scripts/tools.ts";
import { isObject, type JsonObject, valueAt } from "#src/field/json.ts";
import { ROOT } from "#test/paths.ts";

export const CHART = join(ROOT, "charts/fairlead");
export const NAMESPACE = "fairlead";

/** What is rendered for: a release of the default name, in the default namespace, on a cluster of Helm's choice. */
export interface Rendering {
  readonly values?: JsonObject;
  readonly release?: string;
  readonly namespace?: string;
  readonly kubeVersion?: string;
  readonly apiVersions?: readonly string[];
}

/** What Helm said and how it ended. */
export interface Outcome {
  readonly ok: boolean;
  readonly output: string;
}

/** Runs Helm; a failure is an outcome like any other. */
export async function helm(...args: readonly string[]): Promise<Outcome> {
  const { helm: path } = await tools();
  return new Promise((resolve) => {
    execFile(path, args, { maxBuffer: 2 ** 26 }, (error, stdout, stderr) => {
      resolve(error === null ? { ok: true, output: stdout } : { ok: false, output: stdout + stderr });
    });
  });
}

/** What `helm template` says. */
export async function template(rendering: Rendering = {}): Promise<Outcome> {
  const { values = {}, release = "fairlead", namespace = NAMESPACE, kubeVersion, apiVersions = [] } = rendering;
  return helm(
    ...["template", release, CHART, "--namespace", namespace],
    ...Object.entries(values).flatMap(([key, value]) => ["--set-json", `${key}=${JSON.stringify(value)}`]),
    ...(kubeVersion === undefined ? [] : ["--kube-version", kubeVersion]),
    ...apiVersions.flatMap((version) => ["--api-versions", version]),
  );
}

const rendered = new Map<string, Promise<readonly JsonObject[]>>();

/** The objects that the chart renders to; asked for twice, they are rendered once. */
export async function render(rendering: Rendering = {}): Promise<readonly JsonObject[]> {
  const key = JSON.stringify(rendering);
  const objects = rendered.get(key) ?? renderAnew(rendering);
  rendered.set(key, objects);
  return objects;
}

/** The objects that Helm renders now. */
export async function renderAnew(rendering: Rendering = {}): Promise<readonly JsonObject[]> {
  const { ok, output } = await template(rendering);
  if (!ok) throw new Error(output);
  return parseAllDocuments(output).flatMap((document) => {
    if (document.errors.length > 0) throw new Error(document.errors.join("\n"));
    const object: unknown = document.toJS();
    return isObject(object) ? [object] : [];
  });
}

/** The one object of this kind; `name` where there are several. */
export function only(objects: readonly JsonObject[], kind: string, name?: string): JsonObject {
  const found = objects.filter((object) => object.kind === kind && (name === undefined || nameOf(object) === name));
  const [object] = found;
  if (object === undefined || found.length > 1) throw new Error(`${found.length} objects of kind ${kind}, not 1`);
  return object;
}

export function nameOf(object: unknown): string {
  return textAt(object, "metadata", "name");
}

/** `Kind/name`, in order. */
export function listing(objects: readonly JsonObject[]): readonly string[] {
  return objects.map((object) => `${textAt(object, "kind")}/${nameOf(object)}`).toSorted();
}

/** The items of a list below an object; none where there is no list. */
export function itemsAt(value: unknown, ...keys: readonly (string | number)[]): readonly unknown[] {
  const found = valueAt(value, keys);
  return Array.isArray(found) ? found : [];
}

/** The text below an object, or "". */
export function textAt(value: unknown, ...keys: readonly (string | number)[]): string {
  const found = valueAt(value, keys);
  return typeof found === "string" ? found : "";
}
