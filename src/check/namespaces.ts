import { isObject, type JsonObject } from "../field/json.ts";
import { readText } from "../text/index.ts";
import { readNamed } from "./named.ts";
import { Unusable } from "./unusable.ts";

/** The labels of namespaces, by name. */
export type NamespaceLabels = Readonly<Record<string, Readonly<Record<string, string>>>>;

/**
 * Reads the labels of namespaces from manifests, of files or of a commit (`git:REF:PATH`): `kubectl get namespaces -o yaml`, or the files that they are made from.
 * @throws {Unusable} for a file that cannot be read, or that holds no Namespace
 */
export async function readNamespaceLabels(files: readonly string[]): Promise<NamespaceLabels> {
  const found: [string, Record<string, string>][] = [];
  for (const file of files) found.push(...namespacesIn(file, await textOf(file)));
  return Object.fromEntries(found);
}

function namespacesIn(file: string, text: string): [string, Record<string, string>][] {
  const { documents, problems } = readText(text, { format: "auto" });
  const [problem] = problems;
  // What the file holds is not told: it may not be what somebody took it for.
  if (problem !== undefined) throw new Unusable(`${file}:${problem.region.startLine}: this is no YAML; give manifests`);
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

async function textOf(file: string): Promise<string> {
  const source = await readNamed("--namespaces", file);
  if ("text" in source) return source.text;
  throw new Unusable(`${JSON.stringify(file)} cannot be read: --namespaces takes a file with manifests of Namespaces`);
}
