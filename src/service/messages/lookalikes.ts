/** A character that looks like another one, or like nothing. */
interface Lookalike {
  /** What it is: `an en dash`, `the Cyrillic letter ie`. */
  readonly name: string;
  /** The ASCII character that it looks like; empty for one that cannot be seen. */
  readonly plain: string;
  /** The alphabet of a letter. */
  readonly alphabet?: string;
}

const UNSEEN: readonly (readonly [number, string])[] = [
  [0x00ad, "a soft hyphen"],
  [0x200b, "a zero-width space"],
  [0x200c, "a zero-width non-joiner"],
  [0x200d, "a zero-width joiner"],
  [0x200e, "a left-to-right mark"],
  [0x200f, "a right-to-left mark"],
  [0x2060, "a word joiner"],
  [0xfeff, "a byte order mark"],
];

const SPACES: readonly (readonly [number, string])[] = [
  [0x00a0, "a no-break space"],
  [0x2002, "an en space"],
  [0x2003, "an em space"],
  [0x2007, "a figure space"],
  [0x2009, "a thin space"],
  [0x200a, "a hair space"],
  [0x202f, "a narrow no-break space"],
  [0x3000, "an ideographic space"],
];

const DASHES: readonly (readonly [number, string])[] = [
  [0x2010, "a typographic hyphen"],
  [0x2011, "a no-break hyphen"],
  [0x2012, "a figure dash"],
  [0x2013, "an en dash"],
  [0x2014, "an em dash"],
  [0x2015, "a horizontal bar"],
  [0x2212, "a minus sign"],
];

const SINGLE_QUOTES = [0x2018, 0x2019, 0x201a, 0x201b, 0x2032] as const;
const DOUBLE_QUOTES = [0x201c, 0x201d, 0x201e, 0x201f, 0x2033] as const;

/**
 * Letters with their names in Unicode, and the Latin letters that they look like.
 * Source: the Unicode character names, and confusables.txt of Unicode Technical Standard 39.
 */
const LETTERS = {
  Cyrillic:
    "\u0430 a a, \u0435 ie e, \u043e o o, \u0440 er p, \u0441 es c, \u0443 u y, \u0445 ha x, \u0456 i i, \u0458 je j, \u0455 dze s, \u04bb shha h, \u04cf palochka l, \u0501 de d, \u051b qa q, " +
    "\u051d we w, \u0410 A A, \u0412 Ve B, \u0415 Ie E, \u0405 Dze S, \u0406 I I, \u0408 Je J, \u041a Ka K, \u041c Em M, \u041d En H, \u041e O O, \u0420 Er P, \u0421 Es C, \u0422 Te T, " +
    "\u0423 U Y, \u0425 Ha X, \u04c0 Palochka I",
  Greek:
    "\u03b1 alpha a, \u03b9 iota i, \u03ba kappa k, \u03bd nu v, \u03bf omicron o, \u03c1 rho p, \u03c5 upsilon u, \u0391 Alpha A, \u0392 Beta B, \u0395 Epsilon E, " +
    "\u0396 Zeta Z, \u0397 Eta H, \u0399 Iota I, \u039a Kappa K, \u039c Mu M, \u039d Nu N, \u039f Omicron O, \u03a1 Rho P, \u03a4 Tau T, \u03a5 Upsilon Y, \u03a7 Chi X",
} as const satisfies Record<string, string>;

const TABLE: ReadonlyMap<string, Lookalike> = new Map([
  ...UNSEEN.map(row("")),
  ...SPACES.map(row(" ")),
  ...DASHES.map(row("-")),
  ...SINGLE_QUOTES.map((code) => row("'")([code, "a typographic quote"])),
  ...DOUBLE_QUOTES.map((code) => row('"')([code, "a typographic quote"])),
  ...Object.entries(LETTERS).flatMap(([alphabet, letters]) => letters.split(", ").map(letterRow(alphabet))),
]);

function row(plain: string): (entry: readonly [number, string]) => readonly [string, Lookalike] {
  return ([code, name]) => [String.fromCodePoint(code), { name, plain }];
}

function letterRow(alphabet: string): (letter: string) => readonly [string, Lookalike] {
  return (letter) => {
    const [character = "", name = "", plain = ""] = letter.split(" ");
    return [character, { name: `the ${alphabet} letter ${name}`, plain, alphabet }];
  };
}

/** The full-width forms of the ASCII characters from `!` to `~` follow each other in their order. */
const FULL_WIDTH = { first: 0xff01, last: 0xff5e, distance: 0xfee0 } as const;

/** What a character looks like; undefined if it looks like itself. */
export function lookalike(character: string): Lookalike | undefined {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x80) return undefined;
  if (code < FULL_WIDTH.first || code > FULL_WIDTH.last) return TABLE.get(character);
  const plain = String.fromCodePoint(code - FULL_WIDTH.distance);
  return { name: `a full-width ${plain}`, plain };
}

/** The text as it looks: every lookalike replaced by what it looks like. */
export function plainText(text: string): string {
  return /^[\0-\x7f]*$/.test(text)
    ? text
    : Array.from(text, (character) => lookalike(character)?.plain ?? character).join("");
}

/** Characters that look like a space or like nothing. */
export const INVISIBLE = new RegExp(`[${String.fromCodePoint(...[...UNSEEN, ...SPACES].map(([code]) => code))}]`, "g");
