/**
 * The tables of Unicode that re2js has, made of what the browser knows about Unicode by itself: as data, they would be a
 * twentieth of the whole page, and hardly a pattern asks for them. Nothing is looked up before a pattern does. A browser may know
 * an earlier or later version of Unicode, which has fewer or more characters.
 */

/** A table: ranges of code points. */
export class RangeTable {
  readonly #bounds: readonly number[];

  /** @param bounds the first and the last code point of each range */
  constructor(bounds: readonly number[]) {
    this.#bounds = bounds;
  }

  get length(): number {
    return this.#bounds.length / 2;
  }

  getLo(index: number): number {
    return this.#bounds[2 * index] ?? 0;
  }

  getHi(index: number): number {
    return this.#bounds[2 * index + 1] ?? 0;
  }

  /** Each code point of a range is in the table. */
  getStride(): number {
    return 1;
  }
}

/** Tables by their names, each made when it is first asked for. */
class Tables {
  readonly #isKnown: (name: string) => boolean;
  readonly #make: (name: string) => RangeTable | null;
  readonly #made = new Map<string, RangeTable | null>();

  constructor(isKnown: (name: string) => boolean, make: (name: string) => RangeTable | null) {
    this.#isKnown = isKnown;
    this.#make = make;
  }

  has(name: string): boolean {
    return this.#isKnown(name);
  }

  get(name: string): RangeTable | null {
    const made = this.#made.get(name);
    if (made !== undefined) return made;
    const table = this.#isKnown(name) ? this.#make(name) : null;
    this.#made.set(name, table);
    return table;
  }
}

/** The categories of Go and the properties that it knows besides; of what browsers know more, Go's patterns know nothing. */
const CATEGORY =
  /^(?:C[cfnos]?|L[Cmotul]?|M[cen]?|N[dlo]?|P[cdefios]?|S[ckmo]?|Z[lps]?|ASCII_Hex_Digit|Alphabetic|Dash|Emoji(?:_Component|_Modifier(?:_Base)?|_Presentation)?|Extended_Pictographic|Hex_Digit|(?:Low|Upp)ercase|Math|Quotation_Mark|Terminal_Punctuation|White_Space)$/;

/** The names of scripts that have four letters; all others of four letters are short for longer ones, which Go does not know. */
const FOUR_LETTERS = /^(?:Ahom|Cham|Kawi|Lisu|Miao|Modi|Newa|Thai|Toto)$/;

const CATEGORIES = new Tables(
  (name) => CATEGORY.test(name),
  (name) => tableOf(classFor(name)),
);
const SCRIPTS = new Tables(
  (name) => (name.length !== 4 || FOUR_LETTERS.test(name)) && isScript(name),
  (name) => tableOf(classFor(`Script=${name}`)),
);

/** What stands for the class of this name in re2js. */
export const UnicodeTables = {
  CATEGORIES,
  SCRIPTS,
  FOLD_CATEGORIES: new Tables(
    (name) => CATEGORIES.has(name),
    (name) => foldTable(classFor(name)),
  ),
  FOLD_SCRIPT: new Tables(
    (name) => SCRIPTS.has(name),
    (name) => foldTable(classFor(`Script=${name}`)),
  ),
  /** The next character that differs only in case, for those of which the ASCII letters do not tell by themselves. */
  CASE_ORBIT: {
    has: (point: number): boolean => nextInCase(point) !== undefined,
    get: (point: number): number => nextInCase(point) ?? point,
  },
  get Print(): RangeTable {
    return tableOf(String.raw`[\p{L}\p{M}\p{N}\p{P}\p{S}]`);
  },
};

function isScript(name: string): boolean {
  try {
    return new RegExp(classFor(`Script=${name}`), "u").flags !== "";
  } catch {
    return false;
  }
}

function classFor(property: string): string {
  return `\\p{${property}}`;
}

const FIRST_SURROGATE = 0xd800;
const LAST_SURROGATE = 0xdfff;

/** All code points but surrogates in runs, each with the code point that it starts with. */
const RUNS = [
  { start: 0, end: FIRST_SURROGATE, text: undefined },
  { start: LAST_SURROGATE + 1, end: 0x1_0000, text: undefined },
  { start: 0x1_0000, end: 0x11_0000, text: undefined },
] satisfies Run[];

interface Run {
  readonly start: number;
  readonly end: number;
  text: string | undefined;
}

/** The table of what a class of the language's own patterns matches. */
function tableOf(pattern: string): RangeTable {
  const [low, high, above] = RUNS.map((run) => boundsIn(run, pattern));
  const hasSurrogates = new RegExp(pattern, "u").test(String.fromCharCode(FIRST_SURROGATE));
  const surrogates = hasSurrogates ? [FIRST_SURROGATE, LAST_SURROGATE] : [];
  return new RangeTable([...(low ?? []), ...surrogates, ...(high ?? []), ...(above ?? [])]);
}

function boundsIn(run: Run, pattern: string): readonly number[] {
  const { start } = run;
  const units = start < 0x1_0000 ? 1 : 2;
  run.text ??= textOf(run);
  const bounds: number[] = [];
  for (const { index, 0: found } of run.text.matchAll(new RegExp(`(?:${pattern})+`, "gu")))
    bounds.push(start + index / units, start + (index + found.length) / units - 1);
  return bounds;
}

/** So many arguments a function can have everywhere. */
const MANY = 4096;

function textOf({ start, end }: Run): string {
  const parts: string[] = [];
  for (let from = start; from < end; from += MANY) {
    const length = Math.min(MANY, end - from);
    parts.push(String.fromCodePoint(...Array.from({ length }, (_, index) => from + index)));
  }
  return parts.join("");
}

/** The characters that are not in the class and that differ only in case from one that is; null if there are none. */
function foldTable(pattern: string): RangeTable | null {
  const own = new RegExp(`^${pattern}$`, "u");
  const isIn = (point: number): boolean => own.test(String.fromCodePoint(point));
  const bounds = [...caseOrbits()]
    .filter(([, orbit]) => orbit.some(isIn))
    .map(([point]) => point)
    .filter((point) => !isIn(point))
    .sort((a, b) => a - b)
    .flatMap((point) => [point, point]);
  return bounds.length === 0 ? null : new RangeTable(bounds);
}

/** The characters of ASCII that others outside of it differ from in case only: the Kelvin sign, and the long s. */
const ASCII_ORBITS: ReadonlyMap<number, number> = new Map([
  [0x4b, 0x6b],
  [0x6b, 0x212a],
  [0x53, 0x73],
  [0x73, 0x17f],
]);

const LAST_ASCII = 0x7f;

function nextInCase(point: number): number | undefined {
  if (point <= LAST_ASCII) return ASCII_ORBITS.get(point);
  const orbit = caseOrbits().get(point);
  return orbit?.[(orbit.indexOf(point) + 1) % orbit.length];
}

let orbits: ReadonlyMap<number, readonly number[]> | undefined;

/** Characters that fold to the same one by themselves, although neither is the other's upper or lower case. */
const FOLDED_ALIKE: readonly (readonly [number, number])[] = [
  [0x390, 0x1fd3],
  [0x3b0, 0x1fe3],
  [0xfb05, 0xfb06],
];

/** For each character that has others which differ only in case: all of them, in their order. */
function caseOrbits(): ReadonlyMap<number, readonly number[]> {
  if (orbits !== undefined) return orbits;
  const made = new Map<number, readonly number[]>();
  const join = (one: number, other: number): void => {
    const all = [...new Set([...(made.get(one) ?? [one]), ...(made.get(other) ?? [other])])].sort((a, b) => a - b);
    for (const point of all) made.set(point, all);
  };
  const cased = tableOf(String.raw`\p{Changes_When_Casemapped}`);
  for (let index = 0; index < cased.length; index++) {
    for (let point = cased.getLo(index); point <= cased.getHi(index); point++) {
      const text = String.fromCodePoint(point);
      const same = new RegExp(text, "iu");
      for (const changed of [text.toLowerCase(), text.toUpperCase()]) {
        const [other = text, ...more] = changed;
        // Some become several characters in another case, and some are no match for it: the dotted I is none of the I.
        if (other !== text && more.length === 0 && same.test(other)) join(point, other.codePointAt(0) ?? point);
      }
    }
  }
  for (const [one, other] of FOLDED_ALIKE) join(one, other);
  orbits = made;
  return made;
}
