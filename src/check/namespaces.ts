import { readFileSync } from "node:fs";
import { isObject, type JsonObject } from "../field/json.ts";
import { readText } from "../text/index.ts";
import { Unusable } from "./unusable.ts";

/** The labels of namespaces, by name. */
export type NamespaceLabels = Readonly<Record<string, Readonly<Record<string, string>>>>;

/**
 * Reads the labels of namespaces from manifests: `kubectl get namespaces -o yaml`, or the files that they are made from.
 * @throws {Unusable} for a file that cannot be read, or that holds no Namespace
 */
export function readNamespaceLabels(files: readonly string[]): NamespaceLabels {
  return Object.fromEntries(files.flatMap(namespacesIn));
}

function namespacesIn(file: string): [string, Record<string, string>][] {
  const { documents, problems } = readText(textOf(file), { format: "auto" });
  const [problem] = problems;
  if (problem !== undefined) throw new Unusable(`${file}:${problem.region.startLine}: ${problem.message}`);
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

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    throw new Unusable(
      `${JSON.stringify(file)} cannot be read: --namespaces takes a file with manifests of Namespaces`,
    );
  }
}
