import {
  type Context,
  type DocumentResult,
  type ExaminedDocument,
  examinedDocument,
  type FindingContent,
  orEmptyBody,
} from "../../examine/findings/index.ts";
import { Lines, type TextDocument } from "../../text/document/index.ts";
import { readPart, type TextPart } from "../../text/index.ts";
import type { Diagnostic } from "../model/index.ts";
import { diagnosticOf } from "./diagnostic.ts";

/** A finding with what an editor shows of it. */
export interface PartFinding {
  readonly type: "finding";
  readonly content: FindingContent;
  readonly diagnostic: Diagnostic;
}

/** What the examination of a document yields. */
export type PartResult = PartFinding | DocumentResult;

/** A document of a part. */
export interface PartDocument extends ExaminedDocument<PartFinding> {
  readonly document: TextDocument;
}

/**
 * A part of a text, examined by itself. All its offsets and lines count from its own start: it can be used again wherever
 * the part stands in the text.
 */
export interface AnalysedPart {
  readonly text: string;
  readonly format: TextPart["format"];
  readonly lines: Lines;
  readonly documents: readonly PartDocument[];
}

/** A part at its place in the text. */
export interface PlacedPart {
  readonly start: number;
  readonly part: AnalysedPart;
}

/** Reads a part. Its documents are examined when their results are first asked for, and once. */
export function analysedPart(part: string, format: TextPart["format"], file: string, context: Context): AnalysedPart {
  const text = ownCopy(part);
  const lines = new Lines(text);
  const documents = [...orEmptyBody(readPart(lines, { format }), context.settings.assumeService)];
  return {
    text,
    format,
    lines,
    documents: documents.map((document) => partDocument(document, lines, file, context)),
  };
}

function partDocument(document: TextDocument, lines: Lines, file: string, context: Context): PartDocument {
  const examined = examinedDocument<PartFinding>(document, lines, file, context, (content, edit) => ({
    type: "finding",
    content,
    diagnostic: diagnosticOf(content, edit, lines),
  }));
  let results: readonly PartResult[] | undefined;
  return { ...examined, document, results: () => (results ??= [...examined.results()]) };
}

/** A copy with memory of its own: a part of a string keeps the whole string in memory, for V8, and each keystroke makes one. */
function ownCopy(text: string): string {
  const copy: unknown = JSON.parse(JSON.stringify(text));
  return typeof copy === "string" ? copy : text;
}
