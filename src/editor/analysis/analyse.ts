import {
  type Context,
  type DocumentResult,
  type ExaminedDocument,
  FindingLimit,
  inOneFile,
} from "../../examine/findings/index.ts";
import { withoutUndefined } from "../../field/index.ts";
import { Lines, type TextFormat, type TextRange } from "../../text/document/index.ts";
import { textParts } from "../../text/index.ts";
import type { Diagnostic } from "../model/index.ts";
import type { AnalysedDocument, AnalysedService, Analysis, ClaimsAround } from "./analysis.ts";
import { Conflicts } from "./conflicts.ts";
import { diagnosticOf, shifted } from "./diagnostic.ts";
import { type AnalysedPart, analysedPart, type PartDocument, type PartResult, type PlacedPart } from "./part.ts";

/** A file by itself is applied as it is. */
const ALONE: ClaimsAround = { sets: [{ name: "" }] };

/**
 * Analyses a text as `fairlead check` examines the file: with the same findings at the same places. A text that the context does
 * not say was named (`isNamed`) is taken as one that was found in a folder: templates and patches have no findings.
 * @param before the analysis before a change: what is unchanged is taken from it, if it is of the same file and context
 * @param around by default, the file is alone
 */
export function analyse(
  text: string,
  file: string,
  context: Context,
  before?: Analysis,
  around: ClaimsAround = ALONE,
): Analysis {
  const examined = { ...context, isNamed: context.isNamed === true, wantsServices: true, wantsEdits: true };
  const isSame = before?.file === file && before.context === context;
  const parts = placedParts(text, file, examined, isSame ? before.parts : []);
  const entries = parts.flatMap(entriesOf);
  const diagnostics = new DiagnosticList();
  const conflicts = new Conflicts(file, around);
  const lines = new Lines(text);
  for (const found of inOneFile(placedDocuments(entries, lines), lines, file, examined, diagnostics.limit)) {
    if (!("entry" in found)) continue;
    const { entry, result } = found;
    if (result.type === "finding") diagnostics.add(result, entry.start);
    if (result.type !== "service") continue;
    entry.services.push(...servicesOf(result, entry));
    conflicts.add(result, lines, entry.start);
  }
  const documents = entries.map(analysedDocument);
  return {
    text,
    file,
    context,
    around,
    parts,
    documents,
    diagnostics: inOrder([...diagnostics.all(lines), ...conflicts.all(lines)]),
    owners: conflicts.owners,
  };
}

/** The parts of the text; those that are in the analysis before are the same objects. */
function placedParts(text: string, file: string, context: Context, before: readonly PlacedPart[]): PlacedPart[] {
  const known = new Map(before.map(({ part }) => [part.text, part]));
  return [...textParts(text, { format: formatOf(file, context) })].map(({ start, end, format }) => {
    const own = text.slice(start, end);
    const same = known.get(own);
    return { start, part: same?.format === format ? same : analysedPart(own, format, file, context) };
  });
}

/** As `examine` reads a file. */
function formatOf(file: string, { settings }: Context): TextFormat {
  if (!settings.assumeService) return "auto";
  return file.endsWith(".json") ? "json" : "yaml";
}

/** A document at its place in the text. */
interface Entry {
  readonly start: number;
  readonly part: AnalysedPart;
  readonly own: PartDocument;
  readonly services: AnalysedService[];
}

function entriesOf({ start, part }: PlacedPart): Entry[] {
  return part.documents.map((own) => ({ start, part, own, services: [] }));
}

interface PlacedResult {
  readonly type: PartResult["type"];
  readonly entry: Entry;
  readonly result: PartResult;
}

function* placedDocuments(entries: readonly Entry[], lines: Lines): Generator<ExaminedDocument<PlacedResult>> {
  for (const entry of entries) {
    const { start, own } = entry;
    const placed = (result: PartResult): PlacedResult => ({ type: result.type, entry, result });
    yield {
      results: () => Array.from(own.results(), placed),
      failure: own.failure && placedFailure(own.failure, lines.lineOf(start) - 1, placed),
    };
  }
}

function placedFailure(
  { line, isTemplate, finding }: NonNullable<PartDocument["failure"]>,
  above: number,
  placed: (result: PartResult) => PlacedResult,
): ExaminedDocument<PlacedResult>["failure"] {
  return { line: line + above, isTemplate, finding: () => placed(finding()) };
}

/** The diagnostics of a file, as many of them as are reported. */
class DiagnosticList {
  readonly limit = new FindingLimit();
  readonly #all: Diagnostic[] = [];
  #firstOver: Diagnostic | undefined;

  add({ content, diagnostic }: Extract<PartResult, { type: "finding" }>, start: number): void {
    if (this.limit.isExceededBy(content)) this.#firstOver ??= shifted(diagnostic, start);
    else this.#all.push(shifted(diagnostic, start));
  }

  all(lines: Lines): readonly Diagnostic[] {
    const rest = this.limit.overflowFinding();
    const all = [...this.#all];
    if (rest !== undefined && this.#firstOver !== undefined) {
      const { start, end } = this.#firstOver;
      all.push({ ...diagnosticOf(rest, undefined, lines), start, end });
    }
    return all;
  }
}

function inOrder(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return diagnostics.toSorted((a, b) => a.start - b.start);
}

function servicesOf(result: Extract<DocumentResult, { type: "service" }>, entry: Entry): AnalysedService[] {
  if (result.judged === undefined) return [];
  const { region, namespace, name, manifest, admitted, stored, allocated, old } = result.judged;
  const range = shiftedRange(entry.part.lines.range(region), entry.start);
  return [
    {
      keys: result.keys,
      range,
      namespace,
      name,
      manifest,
      allocated,
      ...withoutUndefined({ admitted, stored, old }),
    },
  ];
}

function analysedDocument({ start, own: { document }, services }: Entry): AnalysedDocument {
  return {
    range: shiftedRange(document.range, start),
    value: document.value,
    services,
    rangeOf(keys, what) {
      const range = document.rangeOf(keys, what);
      return range && shiftedRange(range, start);
    },
  };
}

function shiftedRange({ start, end }: TextRange, by: number): TextRange {
  return { start: start + by, end: end + by };
}
