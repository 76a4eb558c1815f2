import { withoutUndefined } from "../../field/index.ts";
import { Lines, type TextDocument } from "../../text/document/index.ts";
import { streamText } from "../../text/index.ts";
import type { Context } from "./context.ts";
import { type ExaminedDocument, examinedDocument, type Finish } from "./examine-document.ts";
import type { DocumentResult, ExaminationResult } from "./examination-result.ts";
import { foundFile, type PassOver } from "./found-file.ts";
import { FindingLimit } from "./finding-limit.ts";
import { frameOf } from "../places/index.ts";

/**
 * Judges every Service of a text, and yields the results in the order of the text.
 * @param file the file's name as the user gave it
 * @param isNamed whether the user named the file: of one that was found, nothing is reported if it is no manifest
 */
export function* examine(text: string, file: string, context: Context, isNamed = true): Generator<ExaminationResult> {
  const lines = new Lines(text);
  const limit = new FindingLimit();
  const inFile = isNamed ? context : { ...context, isNamed };
  const finish = finisher(file, lines, limit);
  yield* inOneFile(examinedDocuments(lines, file, inFile, finish), lines, file, inFile, limit);
  const rest = limit.overflowFinding();
  if (rest !== undefined) yield finisher(file, lines)(rest);
}

/**
 * The results of a file's documents, as far as they count in the file: behind a broken template nothing does, and of a file
 * that was found (`isNamed` of the context is false) nothing is reported if it is no manifest.
 * @param limit the limit on findings of the file, which counts them as they are taken
 */
export function inOneFile<Found extends { readonly type: string }>(
  documents: Iterable<ExaminedDocument<Found>>,
  lines: Lines,
  file: string,
  { isNamed, settings }: Context,
  limit: FindingLimit,
): Iterable<Found | DocumentResult> {
  if (isNamed !== false) return inOrder(documents);
  return foundFile(lines, file, settings, (passOver) =>
    inOrder(documents, (line, isTemplate) => (limit.isReached ? undefined : passOver(line, isTemplate))),
  );
}

function* inOrder<Found>(
  documents: Iterable<ExaminedDocument<Found>>,
  passOver?: PassOver,
): Generator<Found | DocumentResult> {
  for (const { failure, results } of documents) {
    if (failure === undefined) {
      yield* results();
      continue;
    }
    const reason = passOver?.(failure.line, failure.isTemplate);
    if (reason !== undefined) {
      yield { type: "skipped", reason };
      return;
    }
    yield failure.finding();
    yield { type: "unusable" };
    // In a template, the documents after the first broken one are broken for the same reason.
    if (failure.isTemplate) return;
  }
}

function* examinedDocuments(
  lines: Lines,
  file: string,
  context: Context,
  finish: Finish<ExaminationResult>,
): Generator<ExaminedDocument<ExaminationResult>> {
  for (const document of documentsOf(lines, file, context.settings.assumeService))
    yield examinedDocument(document, lines, file, context, finish);
}

/**
 * The documents of a text. Whether they are YAML or JSON the text decides, as in kubectl. The API server's endpoint for
 * Services is told by the content type instead, for which the name of the file stands.
 */
function* documentsOf(lines: Lines, file: string, assumeService: boolean): Generator<TextDocument> {
  const bodyFormat = file.endsWith(".json") ? "json" : "yaml";
  yield* orEmptyBody(streamText(lines, { format: assumeService ? bodyFormat : "auto" }), assumeService);
}

/** The documents; without any, the empty Service for which the API server's endpoint for Services takes an empty body. */
export function* orEmptyBody(documents: Iterable<TextDocument>, assumeService: boolean): Generator<TextDocument> {
  let isEmpty = true;
  for (const document of documents) {
    isEmpty = false;
    yield document;
  }
  if (isEmpty && assumeService) yield* streamText(new Lines("{}"), { format: "json" });
}

/**
 * Completes findings with file and frame.
 * @param limit the limit on reported findings; by default there is none
 */
function finisher(file: string, lines: Lines, limit?: FindingLimit): Finish<ExaminationResult> {
  return (content, edit) => {
    if (limit?.isExceededBy(content) === true) return { type: "over-limit", ...withoutUndefined({ edit }) };
    const finding = { ...content, file, frame: frameOf(content.region, lines) };
    return { type: "finding", finding, ...withoutUndefined({ edit }) };
  };
}
