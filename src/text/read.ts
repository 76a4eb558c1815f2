import { Lines, type TextContent, type TextDocument, type TextFormat } from "./document/index.ts";
import { jsonDocuments, singleJsonDocument } from "./json/index.ts";
import { yamlDocuments } from "./yaml/index.ts";

/** What kubectl detects as JSON: Go's white space, then an opening brace. */
const LOOKS_LIKE_JSON = /^[\t\n\v\f\r \u0085\u00a0]*\{/;

/**
 * Reads all documents of a text, as kubectl and the API server do: YAML 1.1 like go-yaml v2, JSON like Go. A text of
 * comments only has no documents. Never throws: syntax errors are in the `problems` of the documents.
 */
export function readText(text: string, options: { readonly format: TextFormat }): TextContent {
  const documents = [...streamText(new Lines(text), options)];
  return { documents, problems: documents.flatMap((document) => document.problems) };
}

/** As {@link readText}, one document at a time: a document can be garbage collected before the next one is read. */
export function streamText(lines: Lines, options: { readonly format: TextFormat }): Iterable<TextDocument> {
  if (options.format === "json") return [singleJsonDocument(lines)];
  if (options.format === "yaml" || !LOOKS_LIKE_JSON.test(lines.text)) return yamlDocuments(lines);
  return jsonElseYaml(lines);
}

/** A YAML document may start with a brace too: a text that is invalid as JSON but valid as YAML is YAML. */
function jsonElseYaml(lines: Lines): Iterable<TextDocument> {
  const documents = [...jsonDocuments(lines)];
  if (documents.every((document) => document.problems.length === 0)) return documents;
  const asYaml = [...yamlDocuments(lines)];
  return asYaml.every((document) => document.problems.length === 0) ? asYaml : documents;
}
