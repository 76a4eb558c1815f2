import { Lines, type TextDocument } from "#src/text/document/index.ts";
import { readPart, type TextPart, textParts } from "#src/text/index.ts";

/** What is read of a part of a text. */
export type ReadDocuments<T> = (documents: Iterable<TextDocument>, lines: Lines) => T;

/** Reads texts part by part: what stays as it was in the text before is not read again, and is the same object. */
export class Parts<T> {
  readonly #read: ReadDocuments<T>;
  #known: ReadonlyMap<string, T> = new Map();

  constructor(read: ReadDocuments<T>) {
    this.#read = read;
  }

  /** What is read of each part, in the order of the text. */
  of(text: string): readonly T[] {
    const known = new Map<string, T>();
    const all = [...textParts(text, { format: "auto" })].map((part) => {
      const own = text.slice(part.start, part.end);
      const key = `${part.format} ${own}`;
      const read = known.get(key) ?? this.#known.get(key) ?? this.#readPart(own, part);
      known.set(key, read);
      return read;
    });
    this.#known = known;
    return all;
  }

  #readPart(text: string, part: TextPart): T {
    const lines = new Lines(text);
    return this.#read(readPart(lines, part), lines);
  }
}
