import type { CST } from "yaml";
import { Parser } from "yaml";
import { DEEPEST, tooDeep, Unreadable } from "./unreadable.ts";
import { lexemes, SCALAR } from "./yaml-lexemes.ts";

/** More aliases than these are no manifest, and each costs a kilobyte before anybody could look at what it stands for. */
const MOST_ALIASES = 100_000;

const DOCUMENT_START = "---";

/**
 * The documents of a text as the library's tokens, one after the other.
 * @throws {Unreadable} where a document has too many aliases or levels, as soon as that is so
 */
export function* tokens(text: string): Generator<CST.Token> {
  const parser = new Parser();
  let last = "";
  let aliases = 0;
  let errors = 0;
  for (const lexeme of lexemes(text)) {
    if (last !== SCALAR) {
      if (lexeme === DOCUMENT_START) aliases = 0;
      else if (lexeme.startsWith("*") && ++aliases > MOST_ALIASES) throw tooManyAliases(parser.offset);
    }
    last = lexeme;
    for (const token of parser.next(lexeme)) {
      if (token.type === "error") errors++;
      else if (endsDocument(token) || token.type === "directive") errors = 0;
      // Of several only the first is ever told of, and each costs a kilobyte.
      if (token.type !== "error" || errors === 1) yield token;
    }
    // The document, the levels in it, and a value.
    if (parser.stack.length > DEEPEST + 2) throw tooDeep(parser.offset);
  }
  yield* parser.end();
}

/** Whether what the library finds wrong after the token is of another document than what it has found before it. */
export function endsDocument({ type }: CST.Token): boolean {
  return type === "document" || type === "doc-end";
}

function tooManyAliases(at: number): Unreadable {
  const message = `this document has more than ${MOST_ALIASES} aliases; write the values out, or split it`;
  return new Unreadable("too-many-aliases", { start: at, end: at }, message);
}
