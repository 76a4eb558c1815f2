import type { Lines } from "../../text/document/index.ts";

/** Variables of Prometheus' alerts, whose texts are templates for Prometheus: they are data here. */
const ALERT_VARIABLE = /^\{\{-?\s*\$(?:labels|value|externalLabels|externalURL)\b/;
/** The start of an action, of Go's templates or of Jinja's. */
const ACTION = /\{\{-?\s*(?:[\w.$"(`]|\/\*)|\{%/g;
/** What an action stands behind where it begins a line or a value: there YAML cannot read it, as it can within a text. */
const BEFORE_VALUE = /^$|[-?:[{]$/;
const LONGEST_HEADER = 100;
const BLOCK_SCALAR = /(?:^|[:\-?]\s+)(?:[&!]\S+\s+)*[|>][-+\d]*\s*(?:#.*)?$/;

/**
 * The range of the first template action (`{{ ... }}`) in the text; undefined if there is none. What is quoted, in a
 * block scalar or in a comment is text, and makes no template.
 */
export function templateAction(text: string): { readonly start: number; readonly end: number } | undefined {
  if (!text.includes("{{") && !text.includes("{%")) return undefined;
  let offset = 0;
  let blockIndent = -1;
  for (const line of text.split("\n")) {
    const indent = line.search(/\S/);
    if (blockIndent >= 0 && indent !== -1 && indent <= blockIndent) blockIndent = -1;
    if (blockIndent < 0 && indent !== -1) {
      const bare = withoutQuotes(line);
      const start = actionStart(bare);
      if (start !== undefined) return { start: offset + start, end: offset + actionEnd(line, start) };
      if (BLOCK_SCALAR.test(bare.slice(-LONGEST_HEADER))) blockIndent = indent;
    }
    offset += line.length + 1;
  }
  return undefined;
}

function actionStart(line: string): number | undefined {
  for (const { index } of line.matchAll(ACTION)) {
    const isValue = BEFORE_VALUE.test(line.slice(0, index).trim().slice(-1));
    if (isValue && !ALERT_VARIABLE.test(line.slice(index, index + LONGEST_HEADER))) return index;
  }
  return undefined;
}

function actionEnd(line: string, start: number): number {
  const close = line.indexOf(line.startsWith("{%", start) ? "%}" : "}}", start);
  return close === -1 ? start + 2 : close + 2;
}

/** The line with blanks in place of what is quoted and of a comment. */
function withoutQuotes(line: string): string {
  return line.replace(
    /(^|[\s:,[{(-])("(?:[^"\\]|\\.)*"|'(?:[^']|'')*')|(^|\s)#.*$/g,
    (token, before: string | undefined) => (before ?? "").padEnd(token.length, "_"),
  );
}

/**
 * A value that begins with a placeholder which YAML reads as something else: `@NAME@`, `{NAME}`, `[YOUR NAME]`, `%NAME%`.
 * Scripts fill them in, with sed and the like.
 */
const PLACEHOLDER =
  /[:-]\s+(@[A-Z][A-Z0-9_]*@|\{[A-Z][A-Z0-9_]*\}(?=[^\s,}\]])|\[[A-Z][A-Z0-9_ ]*\](?=[^\s,}\]])|%[A-Z][A-Z0-9_]*%)/;

/** The placeholder that makes a line unreadable, if there is one. @param line its number, from 1 on */
export function placeholderOnLine(lines: Lines, line: number): string | undefined {
  return PLACEHOLDER.exec(lines.slice(line, line)[0] ?? "")?.[1];
}

const API_VERSION = /(?:^|[{,])[ \t\-?]*["']?apiVersion["']?[ \t]*:/im;
const KIND = /(?:^|[{,])[ \t\-?]*["']?kind["']?[ \t]*:/im;

/** The keys that make a manifest; whatever else writes them (an escape, a template); case is for misspellings. */
const MANIFEST_SIGN = /kind|apiversion|\\|\{\{|\{%/i;

/** Whether a text can hold a manifest at all: a quick look that spares reading the many files that are something else. */
export function mayHoldManifest(text: string): boolean {
  return MANIFEST_SIGN.test(text);
}

/** Whether a text that need not be valid seems to hold a manifest: an `apiVersion` and a `kind` stand in it as keys. */
export function looksLikeManifest(text: string): boolean {
  return API_VERSION.test(text) && KIND.test(text);
}
