import { NumberText } from "../../field/json.ts";
import type { Path } from "../../field/path.ts";
import { jsonWithin, textWithin } from "../../field/preview.ts";
import type { Facts, Reason } from "./facts.ts";
import type { Feature } from "../version.ts";

/** What a sentence is made of. */
export interface Said {
  readonly path: Path;
  readonly found?: unknown;
  readonly facts?: Facts;
}

/** One rule in words: what the API server calls it, and what Fairlead says of a value that breaks it. */
export interface Rule {
  /** The server's reason; absent for decoding errors and for warnings. */
  readonly reason?: Reason;
  /** Whether the server fails on it (code 500) instead of refusing it. */
  readonly serverFails?: true;
  /** The version that the rule came with, and the one that it went with. */
  readonly since?: Feature;
  readonly until?: Feature;
  /** The rule in one line, for reports and for the reference. */
  readonly title: string;
  /** Whether the server reports it at the map or list that holds the value. */
  readonly reportedAtParent?: true;
  /** What is wrong, what was found, what would be right. */
  readonly message: (said: Said) => string;
  /** What to change, where that is plain. */
  readonly fix?: (said: Said) => string | undefined;
}

const MAX_QUOTED = 80;

/** A value as the user would write it, cut where it is long. */
export function quoted(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value instanceof NumberText) return textWithin(value.text, MAX_QUOTED);
  // `1e400` is more than a number can hold, and JSON has no word for that.
  return typeof value === "number" ? String(value) : jsonWithin(value, MAX_QUOTED);
}

/** `a, b or c`. */
export function oneOf(values: readonly string[] | undefined): string {
  const all = values ?? [];
  return all.length < 2 ? all.join("") : `${all.slice(0, -1).join(", ")} or ${all.at(-1) ?? ""}`;
}

/** `a list`, `an object`. */
export function withArticle(noun: string): string {
  return `${/^[aeiou]/.test(noun) ? "an" : "a"} ${noun}`;
}

/** What stands behind so many characters is no part of a name that anybody would be helped by. */
const LONGEST_SLUGGED = 1024;

/** A lower-case name of letters, digits and inner hyphens, made from one that is not; undefined if nothing is left. */
export function slug(found: unknown, maxLength: number): string | undefined {
  if (typeof found !== "string") return undefined;
  const name = found
    .slice(0, LONGEST_SLUGGED)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, maxLength)
    .replace(/^-|-$/g, "");
  return name === "" || name === found ? undefined : name;
}

/** The last field's name of a path with what is meant inside of it: `selector[app]`, `externalIPs[0]`, `port`. */
export function entryName(path: Path): string {
  const names: string[] = [];
  for (let at: Path | undefined = path; at?.segment !== undefined; at = at.parent) {
    const { segment } = at;
    if (segment.kind === "child") return [segment.name, ...names].join("");
    names.unshift(segment.kind === "key" ? `[${segment.name}]` : `[${segment.index}]`);
  }
  return names.join("");
}

/** The last field's name of a path: `targetPort`. */
export function fieldName(path: Path): string {
  for (let at: Path | undefined = path; at !== undefined; at = at.parent) {
    if (at.segment?.kind === "child") return at.segment.name;
  }
  return "";
}
