import { jsonDocuments, singleJsonDocument } from "./json.ts";
import { Lines } from "./lines.ts";
import type { TextContent, TextDocument, TextFormat } from "./types.ts";
import { yamlDocuments } from "./yaml.ts";

export { Lines } from "./lines.ts";
export type * from "./types.ts";

/** What kubectl takes for JSON: Go's white space, then a brace. */
const LOOKS_LIKE_JSON = /^[\t\n\v\f\r \u0085\u00a0]*\{/;

/**
 * Reads a text as the API server (and kubectl before it) reads it, every document of it. YAML is read in dialect 1.1
 * as go-yaml v2 does, JSON as Go does. A text of nothing but comments has no documents. Never throws: what cannot be
 * read is in the documents' `problems`.
 */
export function readText(text: string, options: { readonly format: TextFormat }): TextContent {
  const documents = [...streamText(new Lines(text), options)];
  return { documents, problems: documents.flatMap((document) => document.problems) };
}

/** As {@link readText}, one document at a time: what has been used can be forgotten before the next is read. */
export function streamText(lines: Lines, options: { readonly format: TextFormat }): Iterable<TextDocument> {
  if (options.format === "json") return [singleJsonDocument(lines)];
  if (options.format === "yaml" || !LOOKS_LIKE_JSON.test(lines.text)) return yamlDocuments(lines);
  return jsonElseYaml(lines);
}

/** A YAML document may start with a brace too: what is broken as JSON and whole as YAML was meant as YAML. */
function jsonElseYaml(lines: Lines): Iterable<TextDocument> {
  const documents = [...jsonDocuments(lines)];
  if (documents.every((document) => document.problems.length === 0)) return documents;
  const asYaml = [...yamlDocuments(lines)];
  return asYaml.every((document) => document.problems.length === 0) ? asYaml : documents;
}
