import { parseCIDR } from "../../net/cidr.ts";
import { isDNSSubdomain, isLabelValue, isQualifiedName } from "../../service/names.ts";
import { parseVersion } from "../../service/version.ts";
import { patternProblem } from "../pattern.ts";

/** A kind of text that a policy may hold, and how to say that one is not of it. */
interface Format {
  readonly valid: (text: string) => boolean;
  /** What would be right, to follow "must be". */
  readonly wanted: string;
}

/** Globs: letters that names have, `*` for any run, `?` for any one. */
const GLOB = /^!?[-A-Za-z0-9_.:/@=+*?]+$/;
const DATE = /^\d{4}-\d{2}-\d{2}$/;

export const FORMATS = {
  glob: {
    valid: (text) => GLOB.test(text) && !text.startsWith("!"),
    wanted: "a name, with * for any characters and ? for any one",
  },
  "glob-or-not": {
    valid: (text) => GLOB.test(text),
    wanted: "a name, with * for any characters and ? for any one, or such a name after ! to leave it out",
  },
  date: { valid: isDate, wanted: "a day as YYYY-MM-DD" },
  pattern: {
    valid: (text) => patternProblem(text) === undefined,
    wanted: "a pattern in RE2 syntax (no back-references, no look-around), up to 256 characters",
  },
  cidr: { valid: (text) => parseCIDR(text) !== undefined, wanted: "an address range such as 10.0.0.0/8 or fd00::/8" },
  "qualified-name": {
    valid: isQualifiedName,
    wanted: 'a name such as "team" or "example.com/team": letters, digits and inner -_. with an optional DNS prefix',
  },
  "label-value": { valid: isLabelValue, wanted: "a label's value: up to 63 letters, digits and inner -_." },
  "kubernetes-version": {
    valid: (text) => parseVersion(text) !== undefined,
    wanted: 'a version in quotes, such as "1.36"',
  },
  "dns-name": { valid: isDNSSubdomain, wanted: "a DNS name in lower-case letters, digits, inner hyphens and dots" },
} as const satisfies Record<string, Format>;

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
