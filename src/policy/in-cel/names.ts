import type { LabelSelector } from "../schema/index.ts";
import { quoted, quotedList } from "./literals.ts";
import { and, type Cel, FALSE, not, or, TRUE } from "./logic.ts";

/** Whether a text is matched by one of the globs: the same dialect as `compileGlob`. */
export function matchesGlobs(text: Cel, globs: readonly string[]): Cel {
  if (globs.includes("*")) return TRUE;
  const exact = globs.filter((glob) => !/[*?]/.test(glob));
  const patterns = globs.filter((glob) => /[*?]/.test(glob));
  return or(isOneOf(text, exact), ...patterns.map((glob) => matchesGlob(text, glob)));
}

/** The same with exclusions: one glob must match, and none after a `!`; with only exclusions, all else matches. */
export function matchesGlobsWithExclusions(text: Cel, globs: readonly string[]): Cel {
  const included = globs.filter((glob) => !glob.startsWith("!"));
  const excluded = globs.filter((glob) => glob.startsWith("!")).map((glob) => glob.slice(1));
  return and(included.length === 0 ? TRUE : matchesGlobs(text, included), not(matchesGlobs(text, excluded)));
}

/** Whether a text is one of these. */
export function isOneOf(text: Cel, values: readonly string[]): Cel {
  const [only] = values;
  if (only === undefined) return FALSE;
  return values.length === 1 ? `${text} == ${quoted(only)}` : `${text} in ${quotedList(values)}`;
}

function matchesGlob(text: Cel, glob: string): Cel {
  const inner = glob.slice(1, -1);
  if (!/[*?]/.test(glob.slice(0, -1)) && glob.endsWith("*")) return `${text}.startsWith(${quoted(glob.slice(0, -1))})`;
  if (glob.startsWith("*") && !/[*?]/.test(glob.slice(1))) return `${text}.endsWith(${quoted(glob.slice(1))})`;
  if (/^\*.+\*$/.test(glob) && !/[*?]/.test(inner)) return `${text}.contains(${quoted(inner)})`;
  const pattern = glob
    .replace(/[\\^$.+()[\]{}|]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return `${text}.matches(${quoted(`(?s)^${pattern}$`)})`;
}

/** The longest text that a pattern of a policy is matched against: see `compilePattern`. */
const MAX_TEXT_LENGTH = 4096;

/** Whether the whole text matches a pattern of RE2; one that is too long to be examined does not. */
export function matchesPattern(text: Cel, pattern: string): Cel {
  return `size(${text}) <= ${MAX_TEXT_LENGTH} && ${text}.matches(${quoted(`^(?:${pattern})$`)})`;
}

/** Whether the whole text matches a pattern, or is too long to be examined. */
export function matchesPatternOrIsTooLong(text: Cel, pattern: string): Cel {
  return `(size(${text}) > ${MAX_TEXT_LENGTH} || ${text}.matches(${quoted(`^(?:${pattern})$`)}))`;
}

/** Whether labels, a map, are selected: the semantics of Kubernetes. */
export function selects(labels: Cel, { matchLabels = {}, matchExpressions = [] }: LabelSelector): Cel {
  return and(
    ...Object.entries(matchLabels).map(([key, value]) => isLabel(labels, key, [value])),
    ...matchExpressions.map(({ key, operator, values = [] }) => {
      switch (operator) {
        case "In":
          return isLabel(labels, key, values);
        case "NotIn":
          return not(isLabel(labels, key, values));
        case "Exists":
          return `${quoted(key)} in ${labels}`;
        case "DoesNotExist":
          return not(`${quoted(key)} in ${labels}`);
      }
    }),
  );
}

function isLabel(labels: Cel, key: string, values: readonly string[]): Cel {
  return and(`${quoted(key)} in ${labels}`, isOneOf(`${labels}[${quoted(key)}]`, values));
}
