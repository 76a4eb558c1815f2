import pc from "picocolors";
import { frameText, logLine, visible, withoutWorkflowCommands } from "../console/index.ts";
import {
  type CheckFinding,
  fieldFact,
  fileName,
  type Reporter,
  type ReporterOptions,
  serviceName,
  type Severity,
  summaryText,
  suppressionText,
} from "../model/index.ts";

type Colours = ReturnType<typeof pc.createColors>;
type Paint = (text: string) => string;

/** The report for people: one heading per file, and below it each finding with its location, code frame and fix. */
export function createTextReporter(options: ReporterOptions): Reporter {
  const colours = pc.createColors(options.colour === true);
  const width = options.columns === undefined ? undefined : frameWidth(options.columns);
  let file: string | undefined;

  function heading(finding: CheckFinding): string {
    if (finding.file === file) return "";
    const gap = file === undefined ? "" : "\n";
    file = finding.file;
    return `${gap}${colours.bold(colours.underline(visible(fileName(finding.file))))}\n`;
  }

  return {
    finding: (finding) => {
      const lines = finding.suppressed === undefined ? full(finding, colours, width) : brief(finding, colours);
      // Each part has been made visible; only in the whole line can a workflow command to the CI runner be recognised.
      return withoutWorkflowCommands(`${heading(finding)}${lines.join("\n")}\n`);
    },
    end: (summary) => {
      const gap = file === undefined ? "" : "\n";
      const leftOut = (summary.leftOut ?? []).map((text) => `${colours.dim(logLine(text))}\n`);
      return `${gap}${leftOut.join("")}${summaryPaint(summary, colours)(summaryText(summary))}\n`;
    },
  };
}

function full(finding: CheckFinding, colours: Colours, width: number | undefined): string[] {
  const paint = severityPaint(finding.severity, colours);
  const fact = fieldFact(finding);
  const about = (name: string, value: string | undefined): string[] =>
    value === undefined || value === "" ? [] : [`    ${colours.dim(name.padEnd(5))}  ${visible(value)}`];
  return [
    `  ${paint(finding.severity)}  ${colours.bold(visible(finding.message))}  ${colours.dim(visible(finding.rule))}`,
    ...about("at", [locationText(finding), serviceName(finding)].filter((part) => part !== undefined).join("  ")),
    ...about("from", finding.rendered),
    ...(fact === undefined ? [] : about(fact.name, fact.text)),
    ...frameText(finding, { paint: { gutter: colours.dim, marked: paint }, width }).map((line) => `    ${line}`),
    ...about("fix", finding.fix),
    ...about("by", finding.policy === undefined ? undefined : `policy ${finding.policy}`),
  ];
}

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
function brief(finding: CheckFinding, colours: Colours): string[] {
  const location = [locationText(finding), serviceName(finding), suppressionText(finding)];
  return [
    `  suppressed ${finding.severity}  ${visible(finding.message)}  ${visible(finding.rule)}`,
    `    at     ${visible(location.filter((part) => part !== undefined).join("  "))}`,
  ].map((line) => colours.dim(line));
}

/** `FILE:LINE:COLUMN`, which terminals and editors turn into a link. */
function locationText(finding: CheckFinding): string {
  return `${finding.file}:${finding.region.startLine}:${finding.region.startColumn}`;
}

function severityPaint(severity: Severity, colours: Colours): Paint {
  const paints = { error: colours.red, warning: colours.yellow, note: colours.cyan } as const;
  return (text) => colours.bold(paints[severity](text));
}

function summaryPaint(
  summary: { readonly errors: number; readonly warnings: number; readonly unusable: number },
  colours: Colours,
): Paint {
  if (summary.errors > 0 || summary.unusable > 0) return severityPaint("error", colours);
  if (summary.warnings > 0) return severityPaint("warning", colours);
  return (text) => colours.bold(colours.green(text));
}
