import type { Path } from "../../field/path.ts";
import { compileGlob } from "../match/glob.ts";
import { compilePattern } from "../pattern.ts";
import { listOf, object, optional, text, type Holds } from "../schema/shape.ts";
import type { Found } from "./rule.ts";
import { entryOf } from "./shared.ts";

/** What the rules on labels and those on annotations have in common. */
type Entries = Readonly<Record<string, string>> | undefined;

const pattern = optional(text("a pattern in RE2 syntax that the whole value must match", { format: "pattern" }));

export const requiredEntries = listOf(
  "what must be there",
  object("one entry", { key: text("its name", { format: "qualified-name" }), pattern }),
  { minItems: 1 },
);

export const forbiddenEntries = listOf(
  "what must not be there",
  object("one entry", { key: text("its name, with * and ?", { format: "glob" }), pattern }),
  { minItems: 1 },
);

/** A function that finds what is missing or says nothing (unless its pattern takes that), and values that do not match their pattern. */
export function checkRequired(required: Holds<typeof requiredEntries>, at: Path) {
  const wanted = required.map((entry) => ({ key: entry.key, pattern: compiled(entry.pattern) }));
  return (entries: Entries): Found<"missing" | "value">[] =>
    wanted.flatMap(({ key, pattern }): Found<"missing" | "value">[] => {
      const found = entryOf(entries, key);
      const isMissing = found === undefined || (pattern === undefined && found.trim() === "");
      if (isMissing) return [{ says: "missing", path: at.key(key), found, facts: { key } }];
      if (pattern === undefined || pattern.matches(found)) return [];
      return [{ says: "value", path: at.key(key), found, facts: { key, pattern: pattern.source } }];
    });
}

/** A function that finds entries that match one that is forbidden; nobody gets past a pattern by a text too long for it. */
export function checkForbidden(forbidden: Holds<typeof forbiddenEntries>, at: Path) {
  const unwanted = forbidden.map(({ key, pattern }) => ({ isKey: compileGlob(key), pattern: compiled(pattern) }));
  return (entries: Entries): Found<"forbidden">[] =>
    Object.entries(entries ?? {}).flatMap(([key, found]) => {
      const hit = unwanted.some(({ isKey, pattern }) => isKey(key) && (pattern?.mayMatch(found) ?? true));
      return hit ? [{ says: "forbidden" as const, path: at.key(key), found, facts: { key } }] : [];
    });
}

function compiled(source: string | undefined) {
  return source === undefined ? undefined : compilePattern(source);
}
