import type { Lines } from "./document/index.ts";
import { type TextDocument, type TextFormat, type TextRange } from "./document/index.ts";
import { looksLikeJson, streamText } from "./read.ts";
import { chunks, kubectlDocuments } from "./yaml/index.ts";

/** A part of a text that is read by itself: nothing outside of it changes what is read of it. */
export interface TextPart extends TextRange {
  /** How it is read: `chunk` is what kubectl reads as one document of YAML. */
  readonly format: TextFormat | "chunk";
}

/**
 * The parts of a text, in their order: of YAML, what kubectl splits it into before it reads any of it; anything else is one
 * part.
 */
export function* textParts(text: string, { format }: { readonly format: TextFormat }): Generator<TextPart> {
  const start = format === "auto" && text.startsWith("\ufeff") ? 1 : 0;
  if (format !== "auto" || looksLikeJson(text, start)) yield { start: 0, end: text.length, format };
  else for (const { start: from, end } of chunks(text, start)) yield { start: from, end, format: "chunk" };
}

/** The documents of a part. @param lines the text of the part alone */
export function readPart(lines: Lines, { format }: Pick<TextPart, "format">): Iterable<TextDocument> {
  return format === "chunk" ? kubectlDocuments(lines) : streamText(lines, { format });
}
