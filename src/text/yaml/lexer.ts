import { Lexer } from "yaml";

/** The lexer's mark before a scalar without quotes, which may begin with an asterisk or a quote too. */
export const SCALAR_MARK = "\u001f";
/** The lexer's marks for the start of a document, and for a list or map in brackets that ends without its bracket. */
const [DOCUMENT, FLOW_END] = ["\u0002", "\u0018"];
const CONTROLS = new Set([SCALAR_MARK, DOCUMENT, FLOW_END]);

/** A line that ends a document, whatever is still open before it. */
const DOCUMENT_END = /\r?\n(?:---|\.\.\.)(?=\s|$)/;

/**
 * The library's lexer, except for a quote that is never closed: in the library it extends to the end of the text, in
 * kubectl, which splits a file into its documents first, only to the end of the document.
 */
export function* lexemes(text: string): Generator<string> {
  let rest: string | undefined = text;
  let open = 0;
  while (rest !== undefined) {
    const lexed: string = rest;
    let [position, last] = [0, ""];
    let isResumed = lexed !== text;
    rest = undefined;
    for (const lexeme of new Lexer().lex(lexed)) {
      const mark = last === SCALAR_MARK ? undefined : lexeme[0];
      const end = mark === '"' || mark === "'" ? DOCUMENT_END.exec(lexeme)?.index : undefined;
      if (end !== undefined) {
        yield lexeme.slice(0, end);
        rest = lexed.slice(position + end);
        break;
      }
      if (mark === "[" || mark === "{") open++;
      else if (mark === "]" || mark === "}") open = Math.max(0, open - 1);
      else if (mark === FLOW_END) open = 0;
      if (isResumed && lexeme === DOCUMENT) {
        // The lexer was restarted here: report the end of the previous document instead of its own start.
        isResumed = false;
        if (open > 0) yield FLOW_END;
        open = 0;
      } else yield lexeme;
      last = lexeme;
      if (!CONTROLS.has(lexeme)) position += lexeme.length;
    }
  }
}
