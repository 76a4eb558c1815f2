import type { Document, YAMLError } from "yaml";
import { Composer } from "yaml";
import { Path } from "../../field/index.ts";
import {
  asTextError,
  type Duplicate,
  type KeyPath,
  type Lines,
  type MisleadingScalar,
  type Region,
  type TextDocument,
  TextError,
  type TextProblem,
  type TextRange,
  tooDeep,
} from "../document/index.ts";
import { ErrorLimiter } from "./error-limiter.ts";
import { goYamlProblem } from "./go-differences.ts";
import { YamlLocations } from "./locations.ts";
import { asNode, rangeOf, type YamlNode } from "./nodes.ts";
import { syntaxMessage } from "./syntax-messages.ts";
import { endsDocument, tokens } from "./tokens.ts";
import { type RepeatedKey, YamlValues } from "./values.ts";

/** The library parses the structure only; scalars are resolved and duplicate keys found here, as in go-yaml. */
const OPTIONS = {
  schema: "failsafe",
  uniqueKeys: false,
  resolveKnownTags: false,
  prettyErrors: false,
  logLevel: "silent",
  keepSourceTokens: false,
} as const;

/** The characters that go-yaml rejects anywhere in a text. */
// eslint-disable-next-line no-control-regex -- control characters are what it looks for
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f\ufffe\uffff]/;

/** The documents of a YAML text, one after the other. */
export function* yamlDocuments(lines: Lines): Generator<TextDocument> {
  const text = normalized(lines.text);
  let index = 0;
  let end = 0;
  for (const parsed of composed(text)) {
    if (parsed instanceof TextError) {
      const range = { start: end, end: text.length };
      yield new YamlDocument(index, undefined, new YamlValues(), undefined, range, lines, parsed);
      return;
    }
    const range = { start: parsed.range[0], end: parsed.range[2] };
    // Each document is searched only when it is read: documents are streamed.
    const found = FORBIDDEN.exec(text.slice(end, range.end + 1));
    const forbidden = found === null ? undefined : end + found.index;
    end = range.end;
    yield yamlDocument(parsed, index++, range, lines, forbidden);
  }
}

/** The documents as the library composes them; if it has to give up, the last item is the reason. */
function* composed(text: string): Generator<Document.Parsed | TextError> {
  const composer = new Composer(OPTIONS);
  const complaints = new ErrorLimiter(composer);
  let failure: TextError | undefined;
  try {
    for (const token of tokens(text)) {
      yield* composer.next(token);
      if (endsDocument(token)) complaints.reset();
    }
  } catch (error) {
    // The library's parser is recursive: a deeply nested text overflows the stack.
    failure = asTextError(error, { start: 0, end: text.length });
  }
  // The composer still holds one document, which is complete even if the next one is not.
  yield* composer.end();
  if (failure !== undefined) yield failure;
}

/** The line breaks of go-yaml besides the line feed: carriage return, next line, line and paragraph separator. */
const YAML_1_1_LINE_BREAKS = ["\r", "\u0085", "\u2028", "\u2029"] as const;

/** Replaces the line breaks that the library does not know by ones that it does; no offset changes. */
function normalized(text: string): string {
  // Searched one by one: a search for one character is many times faster than for a character class.
  const hasOtherLineBreaks = YAML_1_1_LINE_BREAKS.some((lineBreak) => text.includes(lineBreak));
  const withLineFeeds = hasOtherLineBreaks ? text.replace(/\r(?!\n)|[\u0085\u2028\u2029]/g, "\n") : text;
  // A file that was concatenated from several may have a byte order mark at the start of each.
  return withLineFeeds.includes("\ufeff", 1) ? withLineFeeds.replace(/^(---[^\n]*\n)\ufeff/gm, "$1\n") : withLineFeeds;
}

function yamlDocument(
  document: Document.Parsed,
  index: number,
  range: TextRange,
  lines: Lines,
  forbidden: number | undefined,
): TextDocument {
  const root = asNode(document.contents);
  const values = new YamlValues();
  let value: unknown;
  let failure = findProblem(document, range, lines, forbidden) ?? goYamlProblem(root, lines.text, range);
  if (failure === undefined) {
    try {
      value = values.value(root);
    } catch (error) {
      failure = asTextError(error, range);
    }
  }
  return new YamlDocument(index, root, values, value, range, lines, failure);
}

function findProblem(
  document: Document.Parsed,
  range: TextRange,
  lines: Lines,
  forbidden: number | undefined,
): TextError | undefined {
  if (forbidden !== undefined) {
    const message = "a control character stands here; YAML allows none";
    return new TextError("control-character", { start: forbidden, end: forbidden + 1 }, message);
  }
  const version: string = document.directives.yaml.version;
  if (document.directives.yaml.explicit === true && version !== "1.1") {
    const message = `the API server reads YAML 1.1 only, but this document says %YAML ${version}; leave the line out`;
    const directive = Math.max(0, lines.text.lastIndexOf("%YAML", range.start));
    return new TextError("yaml-version", { start: directive, end: directive + `%YAML ${version}`.length }, message);
  }
  const error = document.errors.at(0) ?? document.warnings.find(({ code }) => code === "BAD_DIRECTIVE");
  return error === undefined ? undefined : syntaxProblem(error);
}

function syntaxProblem(error: YAMLError): TextError {
  const [start, end] = error.pos;
  if (error.code === "RESOURCE_EXHAUSTION") return tooDeep(start);
  return new TextError("syntax", { start, end }, syntaxMessage(error.code, error.message));
}

class YamlDocument implements TextDocument {
  readonly format = "yaml";
  readonly index: number;
  readonly value: unknown;
  readonly range: TextRange;
  readonly problems: readonly TextProblem[];
  readonly duplicates: readonly Duplicate[];
  readonly misleadingScalars: readonly MisleadingScalar[];
  readonly #locations: YamlLocations;
  readonly #merged: ReadonlySet<YamlNode>;
  readonly #lines: Lines;

  constructor(
    index: number,
    root: YamlNode,
    values: YamlValues,
    value: unknown,
    range: TextRange,
    lines: Lines,
    failure: TextError | undefined,
  ) {
    this.index = index;
    this.value = value;
    this.range = range;
    this.#locations = new YamlLocations(root, values.targets);
    this.#merged = values.merged;
    this.#lines = lines;
    this.duplicates = failure === undefined ? withoutRepetition(values.repeated, lines) : [];
    this.misleadingScalars = failure === undefined ? values.words : [];
    this.problems = failure === undefined ? [] : [failure.toProblem(index, lines)];
  }

  isMerged(keys: KeyPath): boolean {
    return this.#merged.has(this.#locations.find(keys)?.key);
  }

  rangeOf(keys: KeyPath, what: "key" | "value"): TextRange | undefined {
    const found = this.#locations.find(keys);
    const node = what === "key" ? found?.key : (found?.value ?? found?.key);
    return node === undefined ? undefined : rangeOf(node);
  }

  locate(keys: KeyPath, what: "key" | "value"): Region | undefined {
    const range = this.rangeOf(keys, what);
    return range === undefined ? undefined : this.#lines.region(range);
  }
}

/** The API server reports `line 8: key "type" already set`, and reports the same message only once. */
function withoutRepetition(repeated: readonly RepeatedKey[], lines: Lines): Duplicate[] {
  const byMessage = new Map<string, Duplicate>();
  for (const { keys, name, at } of repeated) {
    const message = `${lines.lineOf(at)} ${name}`;
    if (!byMessage.has(message)) byMessage.set(message, { path: Path.of(keys) });
  }
  return [...byMessage.values()];
}
