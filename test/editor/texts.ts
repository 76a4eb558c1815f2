import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Draws } from "#fuzz/draws.ts";
import { mutateText, yamlOf } from "#fuzz/generators/manifest-text.ts";
import { drawService } from "#fuzz/generators/service.ts";

/** The manifests of the repository that tests are about. */
export const FILES: readonly string[] = ["examples", "test/cases"].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(?:ya?ml|json)$/.test(name))
    .map((name) => join(folder, name))
    .sort(),
);

/** The text of a file of the repository. */
export function textOf(file: string): string {
  return readFileSync(file, "utf8");
}

/** Texts that are odd as a whole. */
export const ODD_TEXTS: Readonly<Record<string, string>> = {
  empty: "",
  "a line feed": "\n",
  "a comment": "# nothing\n",
  "a byte order mark": "\ufeffapiVersion: v1\nkind: Service\nmetadata: { name: a }\nspec: { ports: [{ port: 0 }] }\n",
  "two byte order marks": "\ufeff\ufeffapiVersion: v1\nkind: Servic\n---\n\ufeffkind: Service\n",
  "carriage returns": "apiVersion: v1\r\nkind: Service\r\nspec:\r\n  type: Nodeport\r\n---\r\nkind: Service\r\n",
  "three dots": "apiVersion: v1\nkind: Service\nspec: {}\n...\nignored: [\n---\nkind: Service\n",
  "a bad separator": "a: 1\n--- b\napiVersion: v1\n---\nkind: Service\n",
  separators: "---\n---\n# one\n---\nkind: Service\n---",
  "a template": "kind: Service\n---\napiVersion: v1\nkind: Service\nspec: {{ .Values.spec }}\n---\na: [\n",
  "a placeholder": "kind: Service\napiVersion: v1\nmetadata:\n  name: @NAME@\n",
  "a patch": "apiVersion: v1\nkind: Service\nmetadata: { name: a }\n$patch: delete\n",
  "no manifest": "a: [\n",
  "other kinds": "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n---\nkind: Service\n",
  "no end of JSON": '{"apiVersion": "v1", "kind": "Service", "spec": ',
  "JSON, and more":
    '{"apiVersion": "v1", "kind": "Service", "spec": {"typ": "x"}}\n{"kind": "Service"}\nkind: Service\n',
  "YAML like JSON": '{apiVersion: v1, kind: Service, spec: {type: nodeport}}\n---\n{"kind": "Service"}\n',
  "JSON in a later document": 'kind: Service\n---\n{"kind": "Service", "spec": {"typ": 1}}\n',
  "control characters": "kind: Service\n---\nkind: \u0007\n",
  "two of a name":
    "apiVersion: v1\nkind: Service\nmetadata: { name: a }\nspec: { type: NodePort, ports: [{ port: 1, nodePort: 30001 }] }\n---\n" +
    "apiVersion: v1\nkind: Service\nmetadata: { name: a }\n---\n" +
    "apiVersion: v1\nkind: Service\nmetadata: { name: b }\nspec: { type: NodePort, ports: [{ port: 1, nodePort: 30001 }] }\n",
};

/** A text with more findings than are reported of a file. */
export const TOO_MUCH = "apiVersion: v1\nkind: Services\nmetadata: { name: a }\nspec: {}\n---\n".repeat(2600);

/** A drawn text of a few documents, with mistakes. */
export function drawText(seed: number): string {
  const draws = new Draws(seed, seed ^ 0x5bd1e995, 7);
  const documents = Array.from({ length: 1 + (seed % 4) }, () => yamlOf(draws, drawService(draws)));
  const text = documents.join("---\n");
  return draws.oneIn(2) ? mutateText(draws, text, 2) : text;
}
