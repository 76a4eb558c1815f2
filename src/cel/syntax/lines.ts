/** A place as messages name it: lines count from 1, columns, in code points, from 0. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** The offset of what has no place, such as an expression that is too long. */
export const NOWHERE = -2;

/**
 * The offset of what a syntax error has left of a part that is missing, and of the end of an empty source: before the first
 * column.
 */
export const BEFORE = -1;

/** Where messages about {@link NOWHERE} are. */
const NO_PLACE: Place = { line: -1, column: -1 };

const NEWLINE = 10;

/** The lines of a source; turns offsets, in code points, into places and back (cel-go, common/ast/ast.go: `SourceInfo`). */
export class Lines {
  readonly #source: string;
  #points: Uint32Array | undefined;
  #starts: readonly number[] | undefined;

  constructor(source: string) {
    this.#source = source;
  }

  get codePoints(): Uint32Array {
    this.#points ??= codePointsOf(this.#source);
    return this.#points;
  }

  /** Where the second and each further line starts, and last, where one after the last would. */
  get #laterStarts(): readonly number[] {
    this.#starts ??= laterStartsOf(this.codePoints);
    return this.#starts;
  }

  /** The offset of a place that the lexer or the parser names. */
  offset({ line, column }: Place): number {
    if (this.codePoints.length === 0) return BEFORE;
    return (line === 1 ? 0 : (this.#laterStarts[line - 2] ?? 0)) + column;
  }

  place(offset: number): Place {
    if (offset === NOWHERE) return NO_PLACE;
    // A search by halves: messages about a long source may be many.
    let low = 0;
    const starts = this.#laterStarts;
    let high = starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) > offset) high = middle;
      else low = middle + 1;
    }
    return { line: low + 1, column: offset - (low === 0 ? 0 : (starts[low - 1] ?? 0)) };
  }

  /** The text of a line, without its newline; undefined if there is no such line. */
  text(line: number): Uint32Array | undefined {
    if (line === NO_PLACE.line) return undefined;
    const start = line === 1 ? 0 : this.#laterStarts[line - 2];
    if (start === undefined || this.codePoints.length === 0) return undefined;
    const next = this.#laterStarts[line - 1];
    return this.codePoints.subarray(start, next === undefined ? undefined : next - 1);
  }
}

function laterStartsOf(codePoints: Uint32Array): number[] {
  const starts: number[] = [];
  codePoints.forEach((codePoint, at) => {
    if (codePoint === NEWLINE) starts.push(at + 1);
  });
  starts.push(codePoints.length + 1);
  return starts;
}

function codePointsOf(source: string): Uint32Array {
  const codePoints = new Uint32Array(source.length);
  let length = 0;
  for (let at = 0; at < source.length; at++) {
    const codePoint = source.codePointAt(at) ?? 0;
    if (codePoint > 0xffff) at++;
    codePoints[length++] = codePoint;
  }
  return codePoints.subarray(0, length);
}
