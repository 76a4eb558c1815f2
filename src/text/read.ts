import { Lines, type TextContent, type TextDocument, type TextFormat } from "./document/index.ts";
import { jsonDocuments, singleJsonDocument } from "./json/index.ts";
import { kubectlDocuments, streamDocuments } from "./yaml/index.ts";

/** What kubectl detects as JSON: Go's white space, then an opening brace. A byte order mark at the start is no text. */
const LOOKS_LIKE_JSON = /^\ufeff?[\t\n\v\f\r \u0085\u00a0]*\{/;

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
  if (options.format === "yaml") return streamDocuments(lines);
  const start = lines.text.startsWith("\ufeff") ? 1 : 0;
  return LOOKS_LIKE_JSON.test(lines.text) ? jsonThenYaml(lines, start) : kubectlDocuments(lines, start);
}

/**
 * A YAML document may start with a brace too. What is not JSON from the start, or behind the first object, is YAML from
 * there on; if it is not that either, it is wrong JSON. (YAMLOrJSONDecoder of k8s.io/apimachinery)
 */
function* jsonThenYaml(lines: Lines, start: number): Generator<TextDocument> {
  let end = start;
  for (const document of jsonDocuments(lines, start)) {
    if (document.problems.length === 0) {
      end = document.range.end;
      yield document;
      continue;
    }
    if (document.index > 1) {
      yield document;
      return;
    }
    yield* yamlInstead(document, lines, end);
  }
}

/** The YAML behind the JSON that ends here, unless its first document is unreadable as well. */
function* yamlInstead(json: TextDocument, lines: Lines, end: number): Generator<TextDocument> {
  let isFirst = true;
  for (const document of kubectlDocuments(lines, restOfLine(lines.text, end), json.index)) {
    if (isFirst && document.problems.length > 0) {
      yield json;
      return;
    }
    isFirst = false;
    yield document;
  }
}

/** Behind white space, and the first line break in it. */
function restOfLine(text: string, from: number): number {
  const space = /[\t\v\f\r \u0085\u00a0]*\n?/y;
  space.lastIndex = from;
  space.test(text);
  return space.lastIndex;
}
