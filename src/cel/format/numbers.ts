import { fixed, significant } from "./exact-decimal.ts";

const SUPERSCRIPTS = "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079";
const SUPERSCRIPT_MINUS = "\u207b";
const DEFAULT_PRECISION = 6;
/** From here on Go's parser of format strings gives up. */
const MAX_NUMBER = 1_000_000;
const NO_VERB = "%!(NOVERB)";

function special(value: number): string | undefined {
  if (Number.isNaN(value)) return "NaN";
  if (Number.isFinite(value)) return undefined;
  return value > 0 ? "\u221e" : "-\u221e";
}

function signOf(value: number): string {
  return value < 0 ? "-" : "";
}

/**
 * A double as `%f` writes it: in American English, so with commas between the thousands. Source: `formatting.go` in `ext` of cel-go,
 * and `message.Printer` of golang.org/x/text.
 */
export function fixedText(value: number, precision = DEFAULT_PRECISION): string {
  if (precision > MAX_NUMBER) return NO_VERB;
  const named = special(value);
  if (named !== undefined) return named;
  // The printer keeps the two limits in 16 and in 8 bits.
  const most = new Int16Array([precision])[0] ?? 0;
  const least = precision & 0xff;
  const [whole = "", digits = ""] = (most < 0 ? shortest(value) : fixed(value, most)).split(".");
  const fraction = digits.replace(/0+$/, "").padEnd(least, "0");
  const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, ",");
  return `${signOf(value)}${grouped}${fraction === "" ? "" : `.${fraction}`}`;
}

/** As many digits as tell it apart. */
function shortest(value: number): string {
  const [, places = "0"] = /e-(\d+)$/.exec(value.toExponential()) ?? [];
  const digits = value
    .toExponential()
    .replace(/e.*$/, "")
    .replace(/^-?\d\.?/, "").length;
  return fixed(value, Number(places) + digits);
}

/**
 * A double as `%e` writes it: always with six digits, while what seems to be the precision is the least width. `gap` is what stands
 * around the multiplication sign. Source: as of {@link fixedText}.
 */
export function scientificText(value: number, width = DEFAULT_PRECISION, gap = ""): string {
  if (width > MAX_NUMBER) return NO_VERB;
  return padded(special(value) ?? scientific(value, gap), width & 0xffff);
}

function scientific(value: number, gap: string): string {
  const { digits, point } = significant(value, DEFAULT_PRECISION + 1);
  const exponent = point - 1;
  const power = Array.from(Math.abs(exponent).toString().padStart(2, "0"), (digit) =>
    SUPERSCRIPTS.charAt(Number(digit)),
  );
  const sign = exponent < 0 ? SUPERSCRIPT_MINUS : "";
  return `${signOf(value)}${digits.charAt(0)}.${digits.slice(1)}${gap}\u00d7${gap}10${sign}${power.join("")}`;
}

function padded(text: string, width: number): string {
  return text.padStart(width, " ");
}

/** A double inside of a list or map: six digits behind the point. */
export function innerText(value: number): string {
  return `${value < 0 || Object.is(value, -0) ? "-" : ""}${fixed(value, DEFAULT_PRECISION)}`;
}
