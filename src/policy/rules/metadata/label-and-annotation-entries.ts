import type { Path } from "../../../field/index.ts";
import { compileGlob } from "../../match/index.ts";
import { compilePattern, listOf, object, optional, text, type ValueOf } from "../../schema/index.ts";
import {
  and,
  matchesGlobs,
  matchesPattern,
  matchesPatternOrIsTooLong,
  not,
  or,
  quoted,
  TRUE,
} from "../../in-cel/index.ts";
import { byCel, type CelEach, type CelFinding, ownValue, type Violation } from "../kit/index.ts";

/** Labels or annotations. */
type Entries = Readonly<Record<string, string>> | undefined;

const pattern = optional(text("a pattern in RE2 syntax that the whole value must match", { format: "pattern" }));

/** The parameter of the rules `required-labels` and `required-annotations`. */
export const requiredEntries = listOf(
  "the required entries",
  object("an entry", { key: text("its name", { format: "qualified-name" }), pattern }),
  { minItems: 1 },
);

/** The parameter of the rules `forbidden-labels` and `forbidden-annotations`. */
export const forbiddenEntries = listOf(
  "the forbidden entries",
  object("an entry", { key: text("its name, with * and ?", { format: "glob" }), pattern }),
  { minItems: 1 },
);

/**
 * Compiles the check of the rules `required-labels` and `required-annotations`. It finds entries that are missing or
 * blank (unless their pattern matches a blank value), and values that do not match their pattern.
 */
export function checkRequired(required: ValueOf<typeof requiredEntries>, at: Path) {
  const requirements = required.map((entry) => ({ key: entry.key, pattern: compileOptional(entry.pattern) }));
  return (entries: Entries): Violation<"missing" | "value">[] =>
    requirements.flatMap(({ key, pattern }): Violation<"missing" | "value">[] => {
      const found = ownValue(entries, key);
      const isMissing = found === undefined || (pattern === undefined && found.trim() === "");
      if (isMissing) return [{ says: "missing", path: at.key(key), found, facts: { key } }];
      if (pattern === undefined || pattern.matches(found)) return [];
      return [{ says: "value", path: at.key(key), found, facts: { key, pattern: pattern.source } }];
    });
}

/**
 * Compiles the check of the rules `forbidden-labels` and `forbidden-annotations`. It finds entries that match a
 * forbidden one; a value that is too long for its pattern counts as a match, so that length does not bypass the rule.
 */
export function checkForbidden(forbidden: ValueOf<typeof forbiddenEntries>, at: Path) {
  const exclusions = forbidden.map(({ key, pattern }) => ({
    isKey: compileGlob(key),
    pattern: compileOptional(pattern),
  }));
  return (entries: Entries): Violation<"forbidden">[] =>
    Object.entries(entries ?? {}).flatMap(([key, found]) => {
      const isForbidden = exclusions.some(
        ({ isKey, pattern }) => isKey(key) && (pattern?.matchesOrIsTooLong(found) ?? true),
      );
      return isForbidden ? [{ says: "forbidden" as const, path: at.key(key), found, facts: { key } }] : [];
    });
}

/** The rules `required-labels` and `required-annotations` in CEL. */
export function celOfRequired(
  required: ValueOf<typeof requiredEntries>,
  { of }: CelEach,
  path: string,
): readonly CelFinding<"missing" | "value">[] {
  return required.flatMap(({ key, pattern }): CelFinding<"missing" | "value">[] => {
    const [value, at] = [`${of}[${quoted(key)}]`, { path: `${path}[${key}]` }];
    const isPresent = `${quoted(key)} in ${of}`;
    const isMissing = pattern === undefined ? or(not(isPresent), `${value}.trim() == ""`) : not(isPresent);
    return [
      { ...at, says: "missing", where: isMissing, facts: { key } },
      ...(pattern === undefined
        ? []
        : [
            {
              ...at,
              says: "value" as const,
              where: and(isPresent, not(matchesPattern(value, pattern))),
              found: byCel(value),
              facts: { key, pattern },
            },
          ]),
    ];
  });
}

/** The rules `forbidden-labels` and `forbidden-annotations` in CEL. */
export function celOfForbidden(
  forbidden: ValueOf<typeof forbiddenEntries>,
  each: CelEach,
  path: string,
): readonly CelFinding<"forbidden">[] {
  const isForbidden = forbidden.map(({ key, pattern }) =>
    and(matchesGlobs("key", [key]), pattern === undefined ? TRUE : matchesPatternOrIsTooLong("value", pattern)),
  );
  const facts = { key: byCel("key") };
  return [{ says: "forbidden", each, where: or(...isForbidden), path: `${path}[{key}]`, found: byCel("value"), facts }];
}

function compileOptional(source: string | undefined) {
  return source === undefined ? undefined : compilePattern(source);
}
