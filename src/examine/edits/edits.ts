import { isObject } from "../../field/index.ts";
import type { Finding } from "../../service/findings/index.ts";
import { canonicalAddress, nearestValue } from "../../service/messages/index.ts";
import type { KeyPath, Lines, TextDocument, TextRange } from "../../text/document/index.ts";
import type { Manifest } from "../manifests/index.ts";
import type { KeyRenames } from "./key-renames.ts";

/** A change of a range of a text that fixes a finding and keeps the author's meaning. */
export interface Edit extends TextRange {
  readonly before: string;
  readonly after: string;
}

/** What an edit is made for. */
export interface EditSubject {
  readonly document: TextDocument;
  readonly lines: Lines;
  /** The location of the value (or key) in the document. */
  readonly keys: KeyPath;
  readonly renames: KeyRenames;
}

/** The input of a rewrite. */
interface RewriteInput {
  readonly finding: Finding;
  readonly renames: KeyRenames;
  /** The value (or key) as it is written in the file. */
  readonly raw: string;
}

/**
 * Returns the new text of the value (or of the key, if the finding is about the key); undefined if there is no safe
 * fix.
 */
type Rewrite = (input: RewriteInput) => string | undefined;

const DIGITS_IN_QUOTES = /^(["'])(0|[1-9][0-9]*)\1$/;
const BOOLEAN_IN_QUOTES = /^(["'])(true|false)\1$/;

const REWRITES: Readonly<Partial<Record<Finding["code"], Rewrite>>> = {
  "wrong-type": rightType,
  "target-port-name": ({ raw }) => DIGITS_IN_QUOTES.exec(raw)?.[2],
  "unknown-field": rightKey,
  "unsupported-value": ({ finding, raw }) => requoted(raw, nearestValue(finding.found, finding.facts?.allowed)),
  "wrong-kind": ({ finding, raw }) => requoted(raw, finding.facts?.want),
  "ip-format": ({ finding, raw }) => (isNone(finding) ? requoted(raw, "None") : undefined),
  "ip-leading-zeros": canonical,
  "ip-mapped": canonical,
  "cidr-leading-zeros": canonical,
  "cidr-mapped": canonical,
  "address-not-canonical": canonical,
  "address-nonstandard": canonical,
};

const ABOUT_KEY = new Set<string>(["unknown-field", "duplicate-field"]);

/** Whether a finding is about a field's key rather than its value. */
export function isAboutKey(finding: Finding): boolean {
  return ABOUT_KEY.has(finding.code);
}

/** The edit that fixes the finding; undefined if none keeps the author's meaning. */
export function editFor(finding: Finding, { document, lines: { text }, keys, renames }: EditSubject): Edit | undefined {
  // Replacing a list or a map would lose its content.
  if (!isAboutKey(finding) && (isObject(finding.found) || Array.isArray(finding.found))) return undefined;
  const rewrite = REWRITES[finding.code];
  const range = rewrite && document.rangeOf(keys, isAboutKey(finding) ? "key" : "value");
  if (rewrite === undefined || range === undefined) return undefined;
  const raw = text.slice(range.start, range.end);
  // The value of an alias or a merge can be changed only at its anchor, and for all its uses: too much for a fix.
  if (isAboutKey(finding) && document.isMerged(keys)) return undefined;
  if (raw.startsWith("*") || raw.includes("\n")) return undefined;
  const after = rewrite({ finding, renames, raw });
  return after === undefined || after === raw ? undefined : { ...range, before: raw, after };
}

/** The edit that corrects a misspelled kind; undefined if there is none. */
export function kindEdit(manifest: Manifest, document: TextDocument, text: string): Edit | undefined {
  if (manifest.type !== "kind-unknown") return undefined;
  const range = document.rangeOf([...manifest.keys, "kind"], "value");
  const before = range && text.slice(range.start, range.end);
  if (range === undefined || before === undefined || before.startsWith("*")) return undefined;
  const after = requoted(before, "Service");
  return after === undefined ? undefined : { ...range, before, after };
}

function rightType({ finding, raw }: RewriteInput): string | undefined {
  if (finding.facts?.because !== undefined) return undefined;
  const want = finding.facts?.want;
  if (want === "string" && /^[^"'[{|>&!]/.test(raw)) return JSON.stringify(raw);
  if (want === "whole number" || want === "whole number or string") return DIGITS_IN_QUOTES.exec(raw)?.[2];
  return want === "boolean" ? BOOLEAN_IN_QUOTES.exec(raw)?.[2] : undefined;
}

function rightKey({ finding, renames, raw }: RewriteInput): string | undefined {
  return requoted(raw, renames.of(finding)?.to);
}

function canonical({ finding, raw }: RewriteInput): string | undefined {
  const address = finding.facts?.other ?? canonicalAddress(finding.found);
  // Not every YAML reader takes a plain scalar with a colon, such as an IPv6 address, for text: it is quoted.
  return address?.includes(":") === true && !/^["']/.test(raw) ? JSON.stringify(address) : requoted(raw, address);
}

function isNone({ found }: Finding): boolean {
  return typeof found === "string" && found.toLowerCase() === "none";
}

/** The new text in the same quotes as the old one. */
function requoted(raw: string, text: string | undefined): string | undefined {
  const quote = /^["']/.exec(raw)?.[0] ?? "";
  return text === undefined ? undefined : `${quote}${text}${quote}`;
}

/** Applies edits; of overlapping ones only the first. @returns the new text, and the edits that were applied */
export function applyEdits(
  text: string,
  edits: readonly Edit[],
): { readonly text: string; readonly made: readonly Edit[] } {
  const made: Edit[] = [];
  for (const edit of edits.toSorted((a, b) => a.start - b.start)) {
    if (edit.start >= (made.at(-1)?.end ?? 0)) made.push(edit);
  }
  let result = "";
  let position = 0;
  for (const { start, end, after } of made) {
    result += text.slice(position, start) + after;
    position = end;
  }
  return { text: result + text.slice(position), made };
}
