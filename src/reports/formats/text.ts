import { wrapText } from "../../field/index.ts";
import { frameText, type Paint, type Paints, paintsFor, visible, withoutWorkflowCommands } from "../console/index.ts";
import { type CheckFinding, fieldFact, objectName, type Severity, suppressionText } from "../../examine/model/index.ts";
import { fileName, type Reporter, type ReporterOptions, summaryText } from "../model/index.ts";

/** The report for people: one heading per file, and below it each finding with its location, code frame and fix. */
export function createTextReporter(options: ReporterOptions): Reporter {
  const colours = paintsFor(options.colour === true);
  let previous: CheckFinding | undefined;

  function heading(finding: CheckFinding): string {
    const before = previous;
    previous = finding;
    if (finding.file === before?.file) {
      // Suppressed findings are a list without gaps.
      return before.suppressed === undefined || finding.suppressed === undefined ? "\n" : "";
    }
    const gap = before === undefined ? "" : "\n";
    return `${gap}${colours.bold(colours.underline(visible(fileName(finding.file))))}\n`;
  }

  return {
    finding: (finding) => {
      const lines =
        finding.suppressed === undefined ? full(finding, colours, options.columns) : brief(finding, colours);
      // Each part has been made visible; only in the whole line can a workflow command to the CI runner be recognised.
      return withoutWorkflowCommands(`${heading(finding)}${lines.join("\n")}\n`);
    },
    end: (summary) => {
      const gap = previous === undefined ? "" : "\n";
      const leftOut = (summary.leftOut ?? [])
        .flatMap((text) => wrapText(visible(text), options.columns ?? Infinity))
        .map((line) => `${colours.dim(line)}\n`);
      return withoutWorkflowCommands(
        `${gap}${leftOut.join("")}${summaryPaint(summary, colours)(summaryText(summary))}\n`,
      );
    },
  };
}

function full(finding: CheckFinding, colours: Paints, columns: number | undefined): string[] {
  const paint = severityPaint(finding.severity, colours);
  const fact = fieldFact(finding);
  const width = columns === undefined ? undefined : frameWidth(columns);
  const about = (name: string, value: string | undefined): string[] => {
    if (value === undefined || value === "") return [];
    const [first = "", ...rest] = hanging(visible(value), ABOUT_INDENT, columns);
    return [`    ${colours.dim(name.padEnd(5))}  ${first}`, ...rest];
  };
  const location = [locationText(finding), objectName(finding)].filter((part) => part !== undefined).join("  ");
  return [
    ...headline(finding, colours, columns),
    // Not wrapped: a terminal would not recognize a part of it as a link.
    `    ${colours.dim("at   ")}  ${visible(location)}`,
    ...about("from", finding.rendered),
    ...(fact === undefined ? [] : about(fact.name, fact.text)),
    ...frameText(finding, { paint: { gutter: colours.dim, marked: paint }, width }).map((line) => `    ${line}`),
    ...about("fix", finding.fix),
    ...about("by", finding.policy === undefined ? undefined : `policy ${finding.policy}`),
  ];
}

/** Severity, message and rule; on a terminal they are wrapped to its width, below the start of the message. */
function headline({ severity, message, rule }: CheckFinding, colours: Paints, columns: number | undefined): string[] {
  const indent = `  ${severity}  `.length;
  const lines = hanging(visible(message), indent, columns);
  const id = visible(rule);
  const isBeside =
    (lines.at(-1) ?? "").length + (lines.length === 1 ? indent : 0) + 2 + id.length <= (columns ?? Infinity);
  const painted = lines.map((line) => colours.bold(line));
  const all = isBeside
    ? [...painted.slice(0, -1), `${painted.at(-1)}  ${colours.dim(id)}`]
    : [...painted, `${" ".repeat(indent)}${colours.dim(id)}`];
  return all.map((line, index) => (index === 0 ? `  ${severityPaint(severity, colours)(severity)}  ${line}` : line));
}

/** The text in lines of at most `columns`, where the first one starts after `indent` columns, and the others with as many spaces. */
function hanging(text: string, indent: number, columns: number = Infinity): readonly string[] {
  const [first = "", ...rest] = wrapText(text, Math.max(columns, NARROWEST_TEXT), " ".repeat(indent));
  return [first.slice(indent), ...rest];
}

/** Where the values of `at`, `cause` and `fix` start. */
const ABOUT_INDENT = "    cause  ".length;
/** A terminal that is narrower wraps the lines itself. */
const NARROWEST_TEXT = 40;

/**
 * The width of a code frame's text: a terminal's columns without the indentation, the line numbers and the ellipses.
 */
function frameWidth(columns: number): number {
  return Math.max(NARROWEST_FRAME, Math.min(columns - BESIDE_FRAME, WIDEST_FRAME));
}

const BESIDE_FRAME = 16;
const NARROWEST_FRAME = 40;
const WIDEST_FRAME = 160;

/** A suppressed finding, in two lines. */
function brief(finding: CheckFinding, colours: Paints): string[] {
  const location = [locationText(finding), objectName(finding), suppressionText(finding)];
  return [
    `  suppressed ${finding.severity}  ${visible(finding.message)}  ${visible(finding.rule)}`,
    `    at     ${visible(location.filter((part) => part !== undefined).join("  "))}`,
  ].map((line) => colours.dim(line));
}

/** `FILE:LINE:COLUMN`, which terminals and editors turn into a link. */
function locationText(finding: CheckFinding): string {
  return `${finding.file}:${finding.region.startLine}:${finding.region.startColumn}`;
}

function severityPaint(severity: Severity, colours: Paints): Paint {
  const paints = { error: colours.red, warning: colours.yellow, note: colours.cyan } as const;
  return (text) => colours.bold(paints[severity](text));
}

function summaryPaint(
  summary: { readonly errors: number; readonly warnings: number; readonly unusable: number },
  colours: Paints,
): Paint {
  if (summary.errors > 0 || summary.unusable > 0) return severityPaint("error", colours);
  if (summary.warnings > 0) return severityPaint("warning", colours);
  return (text) => colours.bold(colours.green(text));
}
