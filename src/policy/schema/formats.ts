import { parseCIDR } from "../../net/index.ts";
import { isDNSSubdomain, isLabelValue, isQualifiedName } from "../../service/schema/index.ts";
import { parseVersion } from "../../service/versions/index.ts";
import { patternProblem } from "./pattern.ts";

/** A string format that fields of a policy may have. */
interface Format {
  readonly valid: (text: string) => boolean;
  /** The format as a regular expression for other JSON schema validators and the API server, if it has one. */
  readonly pattern?: string;
  /** A description of valid values, to follow "must be". */
  readonly description: string;
}

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const DNS_NAME = "[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*";
const LABEL_NAME = "[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?";
const GLOB_SYNTAX = "with * for any characters and ? for any one";

export const FORMATS = {
  // Globs: the characters of such names, `*` for any run of characters, `?` for exactly one.
  glob: byPattern("^[-A-Za-z0-9_./*?]+$", `a name, ${GLOB_SYNTAX}`),
  "name-glob": byPattern("^[-a-z0-9.*?]+$", `a name in lower case, ${GLOB_SYNTAX}`),
  "name-glob-or-not": byPattern(
    "^!?[-a-z0-9.*?]+$",
    `a name in lower case, ${GLOB_SYNTAX}, or such a name after ! to leave it out`,
  ),
  // User names come from the API server's authenticators, which may use any characters.
  "user-glob": byPattern("^[^\\x00-\\x1f\\x7f]+$", `a name, ${GLOB_SYNTAX}`),
  "service-account-glob": byPattern(
    "^[-a-z0-9*?]+/[-a-z0-9.*?]+$",
    `a service account as namespace/name, ${GLOB_SYNTAX}`,
  ),
  words: byPattern("\\S", "some words"),
  date: { valid: isDate, description: "a day as YYYY-MM-DD" },
  pattern: {
    valid: (text) => patternProblem(text) === undefined,
    description: "a pattern in RE2 syntax (no back-references, no look-around), up to 256 characters",
  },
  cidr: {
    valid: (text) => parseCIDR(text) !== undefined,
    description: "an address range such as 10.0.0.0/8 or fd00::/8",
  },
  "qualified-name": {
    valid: isQualifiedName,
    pattern: `^(${DNS_NAME}/)?${LABEL_NAME}$`,
    description:
      'a name such as "team" or "example.com/team": letters, digits and inner -_. with an optional DNS prefix',
  },
  "label-value": {
    valid: isLabelValue,
    pattern: `^(${LABEL_NAME})?$`,
    description: "a label's value: up to 63 letters, digits and inner -_.",
  },
  "kubernetes-version": {
    valid: (text) => parseVersion(text) !== undefined,
    description: 'a version in quotes, such as "1.36"',
  },
  "rule-name": byPattern("^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$", "a name in lower case, such as no-node-ports"),
  "cel-identifier": byPattern("^[_a-zA-Z][_a-zA-Z0-9]*$", "a name of letters, digits and underscores"),
  "dns-name": {
    valid: isDNSSubdomain,
    pattern: `^${DNS_NAME}$`,
    description: "a DNS name in lower-case letters, digits, inner hyphens and dots",
  },
} as const satisfies Record<string, Format>;

function byPattern(pattern: string, description: string): Format {
  const regex = new RegExp(pattern);
  return { valid: (text) => regex.test(text), pattern, description };
}

/** The regular expression of a format; undefined if it has none. */
export function formatPattern(format: string): string | undefined {
  const known: Readonly<Record<string, Format>> = FORMATS;
  return known[format]?.pattern;
}

/** Why a text is not valid in a format, in parentheses; empty if the description of the format is enough. */
export function formatDetail(format: string, text: string): string {
  const problem = format === "pattern" ? patternProblem(text) : undefined;
  return problem === undefined ? "" : ` (${problem})`;
}

/** Whether a text is valid, by format. */
export const VALID_BY_FORMAT: Readonly<Record<string, (text: string) => boolean>> = Object.fromEntries(
  Object.entries<Format>(FORMATS).map(([name, { valid }]) => [name, valid]),
);

/** A description of the values that are valid in a format, to follow "must be". */
export function formatDescription(format: string): string {
  const known: Readonly<Record<string, Format>> = FORMATS;
  return known[format]?.description ?? `a ${format}`;
}

function isDate(text: string): boolean {
  if (!DATE.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  // JavaScript reads 30 February as 2 March.
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
