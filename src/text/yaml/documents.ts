import { asTextError, type Lines, type TextDocument, TextError, type TextRange } from "../document/index.ts";
import { type Chunk, chunks } from "./chunks.ts";
import { Parser, type YamlNode } from "./parser/index.ts";
import { Cursor, syntaxError } from "./scanner/index.ts";
import { YamlValues } from "./values.ts";
import { YamlDocument } from "./yaml-document.ts";

/** The characters that go-yaml rejects anywhere in a text. */
// eslint-disable-next-line no-control-regex -- control characters are what it looks for
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f\ufffe\uffff]/;

/**
 * The documents of a file, as kubectl reads it: the text is split first; of each part, only the first document counts.
 * @param from where the YAML starts: JSON may come before it
 * @param firstIndex the number of documents before it
 */
export function* kubectlDocuments(lines: Lines, from = 0, firstIndex = 0): Generator<TextDocument> {
  // kubectl ends every line with a line feed, the last one too: that counts in a block of text.
  const text = lines.text.endsWith("\n") ? lines.text : `${lines.text}\n`;
  let index = firstIndex;
  for (const chunk of chunks(text, from)) {
    const document = chunkDocument(chunk, index, lines, text);
    if (document === undefined) continue;
    index++;
    yield document;
  }
}

/** The documents of a YAML stream, as go-yaml reads one: the API server reads the first one of a request's body. */
export function* streamDocuments(lines: Lines): Generator<TextDocument> {
  const { text } = lines;
  const reader = new StreamReader(lines, text, { start: 0, end: text.length });
  for (let index = 0; ; index++) {
    const document = reader.next(index);
    if (document === undefined) return;
    yield document;
    if (document.problems.length > 0) return;
  }
}

function chunkDocument(chunk: Chunk, index: number, lines: Lines, text: string): TextDocument | undefined {
  const { start, end } = chunk.badSeparator ?? chunk;
  if (chunk.badSeparator === undefined) return new StreamReader(lines, text, chunk).next(index);
  const message = "nothing but a comment may follow `---` on its line: kubectl splits the file there; start a new line";
  return unreadable(index, chunk, lines, syntaxError(start, end, message));
}

/** Reads the documents of one stream. */
class StreamReader {
  readonly #lines: Lines;
  readonly #text: string;
  readonly #cursor: Cursor;
  readonly #parser: Parser;
  readonly #end: number;
  #start: number;

  /** @param text what is read: that of the lines, with another end perhaps */
  constructor(lines: Lines, text: string, { start, end }: TextRange) {
    this.#lines = lines;
    this.#text = text;
    this.#start = text.charCodeAt(start) === BYTE_ORDER_MARK && start < end ? start + 1 : start;
    this.#end = end;
    this.#cursor = new Cursor(text, this.#start, end);
    this.#parser = new Parser(this.#cursor);
  }

  /** The next document; undefined at the end of the stream. */
  next(index: number): TextDocument | undefined {
    const rest = { start: this.#start, end: this.#end };
    try {
      if (!this.#parser.startDocument()) {
        const forbidden = this.#forbidden(this.#start, this.#end);
        return forbidden && unreadable(index, rest, this.#lines, forbidden);
      }
      const root = this.#parser.document();
      const range = { start: this.#start, end: Math.min(this.#cursor.position, this.#end) };
      this.#start = range.end;
      return this.#read(root, index, range);
    } catch (error) {
      // What go-yaml cannot decode it cannot scan either.
      const failure = this.#forbidden(rest.start, this.#cursor.position + 1) ?? asTextError(error, rest);
      return unreadable(index, rest, this.#lines, failure);
    }
  }

  #read(root: YamlNode, index: number, range: TextRange): TextDocument {
    const values = new YamlValues();
    const forbidden = this.#forbidden(range.start, Math.min(range.end + DECODED_AHEAD, this.#end));
    if (forbidden !== undefined) throw forbidden;
    const value = values.value(root);
    const lines = this.#lines;
    return new YamlDocument({ index, root, values, value, range: within(lines, range), lines, failure: undefined });
  }

  #forbidden(start: number, end: number): TextError | undefined {
    const found = FORBIDDEN.exec(this.#text.slice(start, end));
    if (found === null) return undefined;
    const at = start + found.index;
    const message = "a control character stands here; YAML allows none";
    return new TextError("control-character", { start: at, end: at + 1 }, message);
  }
}

const BYTE_ORDER_MARK = 0xfeff;
/** go-yaml decodes a text in pieces of this size: what stands right behind the document is in the last one. */
const DECODED_AHEAD = 512;

function unreadable(index: number, range: TextRange, lines: Lines, failure: TextError): TextDocument {
  return new YamlDocument({
    index,
    root: undefined,
    values: new YamlValues(),
    value: undefined,
    range: within(lines, range),
    lines,
    failure,
  });
}

/** The range without what is not in the file. */
function within({ text }: Lines, { start, end }: TextRange): TextRange {
  return { start: Math.min(start, text.length), end: Math.min(end, text.length) };
}
