import { skipSpace, utf8Length } from "../field/index.ts";
import { Lines, type TextContent, type TextDocument, type TextFormat } from "./document/index.ts";
import { jsonDocuments, singleJsonDocument } from "./json/index.ts";
import { kubectlDocuments, streamDocuments } from "./yaml/index.ts";

/** How far kubectl looks for the opening brace of JSON, in bytes. */
const SNIFFED = 4096;

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
  // A byte order mark at the start is not part of the text.
  const start = lines.text.startsWith("\ufeff") ? 1 : 0;
  return looksLikeJson(lines.text, start) ? jsonThenYaml(lines, start) : kubectlDocuments(lines, start);
}

/** What kubectl takes for JSON: white space, then an opening brace. */
export function looksLikeJson(text: string, start: number): boolean {
  const brace = skipSpace(text, start);
  return text[brace] === "{" && utf8Length(text.slice(start, brace)) < SNIFFED;
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

/** The YAML behind the JSON that ends here, unless kubectl does not look for any, or its first document is unreadable too. */
function* yamlInstead(json: TextDocument, lines: Lines, end: number): Generator<TextDocument> {
  const start = yamlStart(lines.text, end);
  if (start === undefined) {
    yield json;
    return;
  }
  let isFirst = true;
  for (const document of kubectlDocuments(lines, start, json.index)) {
    if (isFirst && document.problems.length > 0) {
      yield json;
      return;
    }
    isFirst = false;
    yield document;
  }
}

/** The most bytes of one character; kubectl tells white space only where so many are left. */
const LOOKAHEAD = 4;

/**
 * Behind white space, and the first line break in it. Undefined where kubectl goes no further: with fewer than four bytes
 * left, and before a replacement character. (`consumeWhitespace` of YAMLOrJSONDecoder)
 */
function yamlStart(text: string, from: number): number | undefined {
  for (let at = from; utf8Length(text.slice(at, at + LOOKAHEAD)) >= LOOKAHEAD; at++) {
    if (text[at] === "\n") return at + 1;
    if (text[at] === "\ufffd") return undefined;
    if (skipSpace(text, at) === at) return at;
  }
  return undefined;
}
