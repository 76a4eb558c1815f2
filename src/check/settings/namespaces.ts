import { isObject, type JsonObject } from "../../field/index.ts";
import type { NamespaceLabels } from "../../examine/settings/index.ts";
import { readText } from "../../text/index.ts";
import { Unusable } from "../../usage/index.ts";
import { readNamedFile } from "../inputs/index.ts";

/**
 * Reads the labels of namespaces from manifests, in files or a commit (`git:REF:PATH`): the output of
 * `kubectl get namespaces -o yaml`, or the manifests that the namespaces are created from.
 * @param folder the folder whose repository a commit is of
 * @throws {Unusable} for a file that cannot be read or contains no Namespace
 */
export async function readNamespaceLabels(files: readonly string[], folder: string): Promise<NamespaceLabels> {
  const labels: [string, Record<string, string>][] = [];
  for (const file of files) labels.push(...namespacesIn(file, await textOf(file, folder)));
  return Object.fromEntries(labels);
}

function namespacesIn(file: string, text: string): [string, Record<string, string>][] {
  const { documents, problems } = readText(text, { format: "auto" });
  const [problem] = problems;
  // The message quotes nothing from the file: it may be another one than intended, and confidential.
  if (problem !== undefined)
    throw new Unusable(`${file}:${problem.region.startLine}: this is not valid YAML; give manifests`);
  const found = documents.flatMap(({ value }) => namespaces(value));
  if (found.length === 0) throw new Unusable(`${file} holds no Namespace: give manifests, labels and all`);
  return found.map(({ name, labels }) => [name, labels]);
}

interface Namespace {
  readonly name: string;
  readonly labels: Record<string, string>;
}

function namespaces(value: unknown): Namespace[] {
  if (!isObject(value)) return [];
  if (Array.isArray(value["items"])) return value["items"].flatMap(namespaces);
  const metadata: JsonObject = isObject(value["metadata"]) ? value["metadata"] : {};
  const { name, labels } = metadata;
  if (value["kind"] !== "Namespace" || typeof name !== "string") return [];
  const texts = Object.entries(isObject(labels) ? labels : {}).flatMap(([key, text]): [string, string][] =>
    typeof text === "string" ? [[key, text]] : [],
  );
  return [{ name, labels: Object.fromEntries(texts) }];
}

async function textOf(file: string, folder: string): Promise<string> {
  const source = await readNamedFile({ option: "--namespaces", folder }, file);
  if ("text" in source) return source.text;
  throw new Unusable(`${JSON.stringify(file)} cannot be read: --namespaces takes a file with manifests of Namespaces`);
}
