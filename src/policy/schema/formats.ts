import { parseCIDR } from "../../net/cidr.ts";
import { isDNSSubdomain, isLabelValue, isQualifiedName } from "../../service/names.ts";
import { parseVersion } from "../../service/version.ts";
import { patternProblem } from "../pattern.ts";

/** A kind of text that a policy may hold, and how to say that one is not of it. */
interface Format {
  readonly valid: (text: string) => boolean;
  /** The same as a regular expression that every JSON schema and the API server understand, as far as one can say it. */
  readonly pattern?: string;
  /** What would be right, to follow "must be". */
  readonly wanted: string;
}

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const DNS_NAME = "[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*";
const LABEL_NAME = "[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?";
const WITH_STARS = "with * for any characters and ? for any one";

export const FORMATS = {
  // Globs: letters that such names have, `*` for any run, `?` for any one.
  glob: byPattern("^[-A-Za-z0-9_./*?]+$", `a name, ${WITH_STARS}`),
  "name-glob": byPattern("^[-a-z0-9.*?]+$", `a name in lower case, ${WITH_STARS}`),
  "name-glob-or-not": byPattern(
    "^!?[-a-z0-9.*?]+$",
    `a name in lower case, ${WITH_STARS}, or such a name after ! to leave it out`,
  ),
  // Whoever tells the API server who somebody is may call him anything.
  "user-glob": byPattern("^[^\\x00-\\x1f\\x7f]+$", `a name, ${WITH_STARS}`),
  "service-account-glob": byPattern(
    "^[-a-z0-9*?]+/[-a-z0-9.*?]+$",
    `a service account as namespace/name, ${WITH_STARS}`,
  ),
  words: byPattern("\\S", "some words"),
  date: { valid: isDate, wanted: "a day as YYYY-MM-DD" },
  pattern: {
    valid: (text) => patternProblem(text) === undefined,
    wanted: "a pattern in RE2 syntax (no back-references, no look-around), up to 256 characters",
  },
  cidr: { valid: (text) => parseCIDR(text) !== undefined, wanted: "an address range such as 10.0.0.0/8 or fd00::/8" },
  "qualified-name": {
    valid: isQualifiedName,
    pattern: `^(${DNS_NAME}/)?${LABEL_NAME}$`,
    wanted: 'a name such as "team" or "example.com/team": letters, digits and inner -_. with an optional DNS prefix',
  },
  "label-value": {
    valid: isLabelValue,
    pattern: `^(${LABEL_NAME})?$`,
    wanted: "a label's value: up to 63 letters, digits and inner -_.",
  },
  "kubernetes-version": {
    valid: (text) => parseVersion(text) !== undefined,
    wanted: 'a version in quotes, such as "1.36"',
  },
  "dns-name": {
    valid: isDNSSubdomain,
    pattern: `^${DNS_NAME}$`,
    wanted: "a DNS name in lower-case letters, digits, inner hyphens and dots",
  },
} as const satisfies Record<string, Format>;

function byPattern(pattern: string, wanted: string): Format {
  const regex = new RegExp(pattern);
  return { valid: (text) => regex.test(text), pattern, wanted };
}

/** A format's regular expression, where it has one. */
export function formatPattern(format: string): string | undefined {
  const known: Readonly<Record<string, Format>> = FORMATS;
  return known[format]?.pattern;
}

/** Why a text is not of a format, in words, where there is more to say than what would be right. */
export function formatDetail(format: string, text: string): string {
  const problem = format === "pattern" ? patternProblem(text) : undefined;
  return problem === undefined ? "" : ` (${problem})`;
}

/** What a text of the format looks like, to follow "must be". */
export function formatWanted(format: string): string {
  const known: Readonly<Record<string, Format>> = FORMATS;
  return known[format]?.wanted ?? `a ${format}`;
}

function isDate(text: string): boolean {
  if (!DATE.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  // JavaScript takes 30 February for 2 March.
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
