import type { CST } from "yaml";
import { Parser } from "yaml";
import { MAX_DEPTH, TextError, tooDeep } from "../document/index.ts";
import { lexemes, SCALAR_MARK } from "./lexer.ts";

/** No real manifest has more aliases than this, and each costs a kilobyte before it can be resolved and counted. */
const MOST_ALIASES = 100_000;

const DOCUMENT_START = "---";

/**
 * The tokens of the library's parser for all documents of a text.
 * @throws {TextError} as soon as a document has too many aliases or levels
 */
export function* tokens(text: string): Generator<CST.Token> {
  const parser = new Parser();
  let last = "";
  let aliases = 0;
  let errors = 0;
  for (const lexeme of lexemes(text)) {
    if (last !== SCALAR_MARK) {
      if (lexeme === DOCUMENT_START) aliases = 0;
      else if (lexeme.startsWith("*") && ++aliases > MOST_ALIASES) throw tooManyAliases(parser.offset);
    }
    last = lexeme;
    for (const token of parser.next(lexeme)) {
      if (token.type === "error") errors++;
      else if (endsDocument(token) || token.type === "directive") errors = 0;
      // Only the first error of a document is ever reported, and each costs a kilobyte.
      if (token.type !== "error" || errors === 1) yield token;
    }
    // The parser's stack holds the document, its levels, and a value.
    if (parser.stack.length > MAX_DEPTH + 2) throw tooDeep(parser.offset);
  }
  yield* parser.end();
}

/** Whether errors after this token belong to another document than errors before it. */
export function endsDocument({ type }: CST.Token): boolean {
  return type === "document" || type === "doc-end";
}

function tooManyAliases(at: number): TextError {
  const message = `this document has more than ${MOST_ALIASES} aliases; write the values out, or split it`;
  return new TextError("too-many-aliases", { start: at, end: at }, message);
}
