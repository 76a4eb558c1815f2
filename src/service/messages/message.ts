import { NumberText, type Path, truncatedJson, truncatedText } from "../../field/index.ts";
import type { Feature } from "../versions/index.ts";
import { INVISIBLE } from "./lookalikes.ts";
import { placeholderIn } from "./text-faults.ts";
import type { MessageFacts, Reason } from "./facts.ts";

/** What a message is made from: the parts of a finding. */
export interface MessageInput {
  readonly path: Path;
  readonly found?: unknown;
  readonly facts?: MessageFacts;
}

/** A rule: the API server's reason, and the message and fix for a value that breaks it. */
export interface Message {
  /** The API server's reason; absent for decoding errors and for warnings. */
  readonly reason?: Reason;
  /** The HTTP status of the answer, if it is not 422. */
  readonly status?: 403 | 409 | 413 | 500;
  /** The feature that introduced the rule, and the feature that removed it. */
  readonly since?: Feature;
  readonly until?: Feature;
  /** The rule in one line, for reports and for the reference. */
  readonly title: string;
  /** The ranges of the cluster that decide. */
  readonly range?: ClusterRange;
  /** Whether the server reports the map or list that contains the value, instead of the value. */
  readonly reportedAtParent?: true;
  /** What is wrong, what was found, what would be right. */
  readonly message: (finding: MessageInput) => string;
  /** What to change, where that is obvious. */
  readonly fix?: (finding: MessageInput) => string | undefined;
}

/** A range of the cluster's addresses or ports. */
export type ClusterRange = "serviceCIDRs" | "nodePortRange";

const MAX_QUOTED = 80;

/** A value as the user would write it, truncated if it is long. */
export function valueText(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value instanceof NumberText) return truncatedText(value.text, MAX_QUOTED);
  // `1e400` is infinite as a number, and JSON cannot express that.
  return typeof value === "number" ? String(value) : truncatedJson(value, MAX_QUOTED).replace(INVISIBLE, escaped);
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
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

/** Only this many characters are converted: what follows would not make a useful name. */
const LONGEST_SLUGGED = 1024;

/**
 * Converts a text to a name of lower-case letters, digits and inner hyphens; undefined if nothing is left or changed, or if
 * it would have to be cut, or to lose letters of another alphabet: that is another name.
 */
export function slug(found: unknown, maxLength: number): string | undefined {
  if (typeof found !== "string" || placeholderIn(found) !== undefined || !/^[\x20-\x7e]*$/.test(found))
    return undefined;
  const name = found
    .slice(0, LONGEST_SLUGGED)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
  return name === "" || name === found || name.length > maxLength ? undefined : name;
}

/** The name of the last field of a path, with the entries after it: `selector[app]`, `externalIPs[0]`, `port`. */
export function entryName(path: Path): string {
  const names: string[] = [];
  for (let at: Path | undefined = path; at?.segment !== undefined; at = at.parent) {
    const { segment } = at;
    if (segment.kind === "child") return [segment.name, ...names].join("");
    names.unshift(segment.kind === "key" ? `[${segment.name}]` : `[${segment.index}]`);
  }
  return names.join("");
}

/** The name of the last field of a path: `targetPort`. */
export function fieldName(path: Path): string {
  for (let at: Path | undefined = path; at !== undefined; at = at.parent) {
    if (at.segment?.kind === "child") return at.segment.name;
  }
  return "";
}
