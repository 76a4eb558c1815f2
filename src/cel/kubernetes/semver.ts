import { spend } from "../effort/index.ts";
import { goQuote } from "../../field/index.ts";
import { cut } from "../go/index.ts";
import { objectType, type Type } from "../types/index.ts";
import { CelError, MAX_UINT, type Value } from "../values/index.ts";
import { KubernetesValue } from "./kubernetes-value.ts";

export const SEMVER_TYPE = objectType("kubernetes.Semver");

/** A part of a prerelease: a number, or a text of letters, digits and hyphens. */
type Part = bigint | string;

/** A semantic version. What follows a `+` does not count. Source: `Version` of github.com/blang/semver/v4. */
export class Semver extends KubernetesValue {
  readonly type: Type = SEMVER_TYPE;
  /** Major, minor and patch. */
  readonly numbers: readonly [bigint, bigint, bigint];
  readonly prerelease: readonly Part[];

  constructor(numbers: readonly [bigint, bigint, bigint], prerelease: readonly Part[]) {
    super();
    this.numbers = numbers;
    this.prerelease = prerelease;
  }

  override equals(other: Value): boolean {
    return other instanceof Semver && this.compareTo(other) === 0;
  }

  /** Which of the two comes first: -1, 0 or 1. A version comes after its prereleases. */
  compareTo(other: Semver): -1 | 0 | 1 {
    for (const [index, number] of this.numbers.entries()) {
      const compared = order(number, other.numbers[index] ?? 0n);
      if (compared !== 0) return compared;
    }
    if (this.prerelease.length === 0 || other.prerelease.length === 0)
      return order(Number(this.prerelease.length === 0), Number(other.prerelease.length === 0));
    for (const [index, part] of this.prerelease.entries()) {
      const counterpart = other.prerelease[index];
      if (counterpart === undefined) return 1;
      const compared = orderOfParts(part, counterpart);
      if (compared !== 0) return compared;
    }
    return order(this.prerelease.length, other.prerelease.length);
  }
}

function order<T extends bigint | number | string>(one: T, other: T): -1 | 0 | 1 {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

/** Numbers come before texts. */
function orderOfParts(one: Part, other: Part): -1 | 0 | 1 {
  if (typeof one === "bigint") return typeof other === "bigint" ? order(one, other) : -1;
  return typeof other === "bigint" ? 1 : order(one, other);
}

/**
 * Reads a version such as `1.2.3-rc.1+build`. Normalized: without a leading `v` and leading zeros, and with the zeros of `1.2`.
 * Source: `Parse` of github.com/blang/semver/v4, and `normalizeAndParse` of the API server's `library/semverlib.go`.
 */
export function parseSemver(text: string, isNormalized: boolean): Semver | CelError {
  const normalized = isNormalized ? normalize(text) : text;
  if (normalized === undefined) return new CelError("short version cannot contain PreRelease/Build meta data");
  if (normalized === "") return new CelError("Version string empty");
  const [major, minor, rest] = threeParts(normalized);
  if (minor === undefined || rest === undefined) return new CelError("No Major.Minor.Patch elements found");
  const [beforeBuild, build] = cut(rest, "+");
  const [patch, prerelease] = cut(beforeBuild, "-");
  const numbers: bigint[] = [];
  for (const [kind, digits] of [
    ["Major", major],
    ["Minor", minor],
    ["Patch", patch],
  ] as const) {
    const number = parseNumber(kind, digits);
    if (number instanceof CelError) return number;
    numbers.push(number);
  }
  const parts: Part[] = [];
  for (const part of beforeBuild.includes("-") ? prerelease.split(".") : []) {
    const parsed = parsePart(part);
    if (parsed instanceof CelError) return parsed;
    parts.push(parsed);
  }
  for (const part of rest.includes("+") ? build.split(".") : []) {
    if (part === "") return new CelError("Build meta data is empty");
    if (!/^[A-Za-z0-9-]+$/.test(part))
      return new CelError(`Invalid character(s) found in build meta data ${goQuote(part)}`);
  }
  return new Semver([numbers[0] ?? 0n, numbers[1] ?? 0n, numbers[2] ?? 0n], parts);
}

/** Up to the first dot, up to the second, and what is left. */
function threeParts(text: string): [string, string?, string?] {
  const first = text.indexOf(".");
  if (first < 0) return [text];
  const second = text.indexOf(".", first + 1);
  if (second < 0) return [text.slice(0, first), text.slice(first + 1)];
  return [text.slice(0, first), text.slice(first + 1, second), text.slice(second + 1)];
}

/** Undefined for a short version with a prerelease or build. */
function normalize(text: string): string | undefined {
  const parts = threeParts(text.startsWith("v") ? text.slice(1) : text).map((part = "") => {
    if (part.length < 2) return part;
    const stripped = part.replace(/^0+/, "");
    return /^\d/.test(stripped) ? stripped : `0${stripped}`;
  });
  if (parts.length < 3 && /[+-]/.test(parts.at(-1) ?? "")) return undefined;
  return [...parts, "0", "0"].slice(0, Math.max(3, parts.length)).join(".");
}

function parseNumber(kind: "Major" | "Minor" | "Patch", digits: string): bigint | CelError {
  if (!/^\d*$/.test(digits))
    return new CelError(`Invalid character(s) found in ${kind.toLowerCase()} number ${goQuote(digits)}`);
  if (/^0./.test(digits)) return new CelError(`${kind} number must not contain leading zeroes ${goQuote(digits)}`);
  return parseUint(digits);
}

const STEPS_PER_PART = 10;

function parsePart(part: string): Part | CelError {
  spend(STEPS_PER_PART);
  if (part === "") return new CelError("Prerelease is empty");
  if (/^\d+$/.test(part)) {
    if (/^0./.test(part))
      return new CelError(`Numeric PreRelease version must not contain leading zeroes ${goQuote(part)}`);
    return parseUint(part);
  }
  if (/^[A-Za-z0-9-]+$/.test(part)) return part;
  return new CelError(`Invalid character(s) found in prerelease ${goQuote(part)}`);
}

/** Reads digits without leading zeros. Source: `strconv.ParseUint` of Go. */
function parseUint(digits: string): bigint | CelError {
  const fail = (reason: string): CelError => new CelError(`strconv.ParseUint: parsing ${goQuote(digits)}: ${reason}`);
  if (digits === "") return fail("invalid syntax");
  // Of a very long number not even the value is of interest.
  const value = digits.length > 20 ? MAX_UINT + 1n : BigInt(digits);
  return value > MAX_UINT ? fail("value out of range") : value;
}
