import type { Token } from "antlr4ng";
import type { Expression } from "../ast/index.ts";
import { Bytes, Uint, type Value } from "../values/index.ts";
import * as grammar from "./grammar/index.ts";
import type { Workpiece } from "./workpiece.ts";

/** Why a literal has no value, in cel-go's words. */
class LiteralError extends Error {}

/** The node of a literal (cel-go, parser/parser.go: `VisitInt` and the like); what has no value is reported. */
export function literalOf(tree: grammar.LiteralContext, work: Workpiece): Expression {
  try {
    const value = valueOf(tree);
    return value === undefined ? work.unknown() : { kind: "literal", id: work.id(tree), value };
  } catch (error) {
    if (!(error instanceof LiteralError)) throw error;
    return work.reportAt(tree, error.message);
  }
}

/**
 * Undefined for what a syntax error left of a literal.
 *
 * @throws {LiteralError}
 */
function valueOf(tree: grammar.LiteralContext): Value | undefined {
  if (tree instanceof grammar.IntContext) return intOf(textOf(tree._token), isNegative(tree._sign));
  if (tree instanceof grammar.UintContext) return uintOf(textOf(tree._token));
  if (tree instanceof grammar.DoubleContext) return doubleOf(textOf(tree._token), isNegative(tree._sign));
  if (tree instanceof grammar.StringContext) return stringOf(textOf(tree._token));
  if (tree instanceof grammar.BytesContext) return bytesOf(textOf(tree._token));
  if (tree instanceof grammar.TrueContext) return true;
  if (tree instanceof grammar.FalseContext) return false;
  if (tree instanceof grammar.NullContext) return null;
  return undefined;
}

function textOf(token: Token | null | undefined): string {
  return token?.text ?? "";
}

function isNegative(sign: Token | null | undefined): boolean {
  return sign !== null && sign !== undefined;
}

const LEAST_INT = -(2n ** 63n);
const GREATEST_INT = 2n ** 63n - 1n;
const GREATEST_UINT = 2n ** 64n - 1n;

/**
 * The value of an int such as `42`, `-0x2A`.
 *
 * @throws {LiteralError}
 */
function intOf(digits: string, isNegative: boolean): bigint {
  const value = isNegative ? -BigInt(digits) : BigInt(digits);
  if (value < LEAST_INT || value > GREATEST_INT) throw new LiteralError("invalid int literal");
  return value;
}

/**
 * The value of a uint such as `42u`.
 *
 * @throws {LiteralError}
 */
function uintOf(text: string): Uint {
  const value = BigInt(text.slice(0, -1));
  if (value > GREATEST_UINT) throw new LiteralError("invalid uint literal");
  return new Uint(value);
}

/**
 * The value of a double such as `-.5e3`.
 *
 * @throws {LiteralError}
 */
function doubleOf(digits: string, isNegative: boolean): number {
  const value = Number(digits);
  if (!Number.isFinite(value)) throw new LiteralError("invalid double literal");
  return isNegative ? -value : value;
}

/**
 * The value of a string in one or three quotes, possibly raw (cel-go, parser/unescape.go).
 *
 * @throws {LiteralError}
 */
function stringOf(text: string): string {
  const { body, isRaw } = unquoted(text);
  if (isRaw || !body.includes("\\")) return body;
  return body.replace(ESCAPE, (_: string, simple?: string, number?: string) => {
    if (simple !== undefined) return SIMPLE_ESCAPES[simple] ?? simple;
    const codePoint = codeOf(number ?? "");
    const isSurrogate = codePoint >= 0xd800 && codePoint <= 0xdfff;
    if (isSurrogate || codePoint > 0x10ffff) throw new LiteralError("invalid unicode code point");
    return String.fromCodePoint(codePoint);
  });
}

/**
 * The value of bytes such as `b"a\xff"`. `\x` and octal escapes are bytes here, and those of code points are refused.
 *
 * @throws {LiteralError}
 */
function bytesOf(text: string): Bytes {
  const { body, isRaw } = unquoted(text.slice(1));
  const encoder = new TextEncoder();
  if (isRaw || !body.includes("\\")) return new Bytes(encoder.encode(body));
  const bytes: number[] = [];
  let end = 0;
  for (const { 0: escape, 1: simple, 2: number = "", index } of body.matchAll(ESCAPE)) {
    bytes.push(...encoder.encode(body.slice(end, index)));
    end = index + escape.length;
    if (simple !== undefined) bytes.push(...encoder.encode(SIMPLE_ESCAPES[simple] ?? simple));
    else if (/^u/i.test(number)) throw new LiteralError("unable to unescape string");
    else bytes.push(codeOf(number));
  }
  bytes.push(...encoder.encode(body.slice(end)));
  return new Bytes(Uint8Array.from(bytes));
}

/** The lexer lets no other escapes pass. */
const ESCAPE = /\\(?:([abfnrtv"'\\?`])|([xX].{2}|u.{4}|U.{8}|[0-3].{2}))/g;

const SIMPLE_ESCAPES: Readonly<Record<string, string>> = {
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

/** The number in an escape such as `x7f`, `u00e4` or `177`. */
function codeOf(escape: string): number {
  return /^[0-3]/.test(escape) ? Number.parseInt(escape, 8) : Number.parseInt(escape.slice(1), 16);
}

/** What stands between the quotes; newlines are always `\n`. */
function unquoted(text: string): { body: string; isRaw: boolean } {
  const isRaw = /^r/i.test(text);
  const quoted = text.slice(isRaw ? 1 : 0).replaceAll(/\r\n?/g, "\n");
  const quotes = /^(?:'''|""")/.test(quoted) && quoted.length >= 6 ? 3 : 1;
  return { body: quoted.slice(quotes, -quotes), isRaw };
}
