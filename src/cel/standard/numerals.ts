/** Reads a whole number, as Go's `strconv.ParseInt` does to the base of ten; undefined if it is none or has more than 64 bits. */
export function parseInteger(text: string): bigint | undefined {
  const [, sign, written] = /^([+-]?)(\d+)$/.exec(text) ?? [];
  if (written === undefined) return undefined;
  const digits = written.replace(/^0+(?=\d)/, "");
  if (digits.length > 20) return undefined;
  return sign === "-" ? -BigInt(digits) : BigInt(digits);
}

const BOOLS: ReadonlyMap<string, boolean> = new Map([
  ...["1", "t", "T", "TRUE", "true", "True"].map((text) => [text, true] as const),
  ...["0", "f", "F", "FALSE", "false", "False"].map((text) => [text, false] as const),
]);

/** Reads a bool, as Go's `strconv.ParseBool` does; undefined if it is none. */
export function parseBool(text: string): boolean | undefined {
  return BOOLS.get(text);
}

const DECIMAL = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i;
const HEXADECIMAL = /^([+-]?)0x([\da-f]*)(?:\.([\da-f]*))?p([+-]?\d+)$/i;
const SPECIAL = /^(?:([+-]?)(?:inf|infinity)|nan)$/i;

/** Reads a double, as Go's `strconv.ParseFloat` does; undefined if it is none, or is too large. */
export function parseDouble(text: string): number | undefined {
  const special = SPECIAL.exec(text);
  if (special !== null) return /nan$/i.test(text) ? NaN : special[1] === "-" ? -Infinity : Infinity;
  const plain = withoutUnderscores(text);
  const value = plain === undefined ? undefined : DECIMAL.test(plain) ? Number(plain) : parseHexadecimal(plain);
  return value !== undefined && Number.isFinite(value) ? value : undefined;
}

/** Underscores may stand between digits, and between the `0x` and the first one; undefined if one stands elsewhere. */
function withoutUnderscores(text: string): string | undefined {
  if (!text.includes("_")) return text;
  const isHexadecimal = /^[+-]?0x/i.test(text);
  const misplaced = isHexadecimal ? /_(?![\da-f])|(?<![\da-fx])_/i : /_(?!\d)|(?<!\d)_/;
  return misplaced.test(text) ? undefined : text.replaceAll("_", "");
}

function parseHexadecimal(text: string): number | undefined {
  const [, sign, whole = "", fraction = "", exponent] = HEXADECIMAL.exec(text) ?? [];
  const digits = whole + fraction;
  if (exponent === undefined || digits === "" || digits.length > 100) return undefined;
  const value = Number(BigInt(`0x${digits}`)) * 2 ** (Number(exponent) - 4 * fraction.length);
  return sign === "-" ? -value : value;
}
