import { defused, logLine, logLines, visible } from "../check/reports/visible.ts";
import type { PolicyFinding } from "../policy/index.ts";
import { isSame, type Comparison } from "./compare.ts";
import type { ExpectedFinding } from "./format.ts";
import type { Outcome } from "./run.ts";

/** A case that was run. */
export interface CaseResult {
  readonly file: string;
  readonly line: number;
  readonly index: number;
  readonly name: string;
  readonly comparison: Comparison;
  readonly outcome: Outcome;
}

/** Whether the case came out as expected. */
export function passed({ comparison }: CaseResult): boolean {
  return isSame(comparison);
}

/** What differs, a line each: `-` was expected, `+` came, the rest explains. */
export function differenceLines({ comparison, outcome }: CaseResult): readonly string[] {
  const { allowed, missing, unexpected, admitted } = comparison;
  return [
    ...(allowed === undefined ? [] : [`- allowed: ${allowed.expected}`, `+ allowed: ${allowed.actual}`]),
    ...missing.map((finding) => `- ${expectedText(finding)}`),
    ...unexpected.map((finding) => `+ ${findingText(finding)}`),
    ...admitted.flatMap(({ keys, expected, actual }) => [
      `- admitted ${keys.join(".")}: ${valueText(expected)}`,
      `+ admitted ${keys.join(".")}: ${valueText(actual)}`,
    ]),
    ...outcome.causes.map((cause) => `  the API server says: ${cause}`),
    ...(missing.length === 0
      ? []
      : outcome.leftOut.map(({ policy, by }) => `  the policy ${policy} does not apply: see its ${criterion(by)}`)),
  ];
}

function criterion(by: string): string {
  return by === "request" ? "request, which is none for policies" : `match.${by}`;
}

function expectedText({ rule, path, action, policy, message, suppressed }: ExpectedFinding): string {
  const parts = [
    action,
    path === undefined ? undefined : `at ${path}`,
    policy && `by ${policy}`,
    suppressed && "suppressed",
    message && `"${message}"`,
  ];
  return [`finding ${rule}`, ...parts.filter((part) => typeof part === "string")].join(" ");
}

function findingText({ rule, path, action, policy, message, suppressed }: PolicyFinding): string {
  return expectedText({ rule, path: path.toString(), action, policy, message, suppressed: suppressed !== undefined });
}

function valueText(value: unknown): string {
  return value === undefined ? "(absent)" : JSON.stringify(value);
}

/** Colours, or none. */
export interface Paint {
  readonly green: (text: string) => string;
  readonly red: (text: string) => string;
  readonly bold: (text: string) => string;
}

/** The report for people. */
export function textReport(results: readonly CaseResult[], paint: Paint): string {
  const lines: string[] = [];
  let file: string | undefined;
  for (const result of results) {
    if (result.file !== file) lines.push(paint.bold(logLine(result.file)));
    ({ file } = result);
    if (passed(result)) lines.push(`  ${paint.green("ok")}      ${visible(result.name)}`);
    else {
      const place = visible(`${result.name} (${result.file}:${result.line})`);
      lines.push(`  ${paint.red("FAILED")}  ${place}`, ...painted(result, paint));
    }
  }
  const failed = results.filter((result) => !passed(result)).length;
  lines.push(
    "",
    `${results.length - failed} of ${results.length} cases as expected${failed === 0 ? "" : `, ${failed} not`}`,
  );
  return defused(`${lines.join("\n")}\n`);
}

function painted(result: CaseResult, { green, red }: Paint): readonly string[] {
  return differenceLines(result)
    .map(visible)
    .map((line) => `          ${line.startsWith("-") ? red(line) : line.startsWith("+") ? green(line) : line}`);
}

/** The report as JUnit XML: a suite for each file. */
export function junitReport(results: readonly CaseResult[]): string {
  const suites = [...Map.groupBy(results, ({ file }) => file)].map(([file, cases]) => {
    const failures = cases.filter((result) => !passed(result)).length;
    const attributes = `name="${escaped(file)}" tests="${cases.length}" failures="${failures}" errors="0" skipped="0"`;
    return [`  <testsuite ${attributes}>`, ...cases.map(junitCase), "  </testsuite>"].join("\n");
  });
  return ['<?xml version="1.0" encoding="UTF-8"?>', "<testsuites>", ...suites, "</testsuites>", ""].join("\n");
}

function junitCase(result: CaseResult): string {
  const opening = `    <testcase classname="${escaped(result.file)}" name="${escaped(result.name)}" file="${escaped(result.file)}" line="${result.line}"`;
  if (passed(result)) return `${opening}/>`;
  const lines = differenceLines(result);
  const failure = `      <failure message="${escaped(lines[0] ?? "")}">${escaped(lines.join("\n"))}</failure>`;
  return [`${opening}>`, failure, "    </testcase>"].join("\n");
}

/** What XML 1.0 cannot hold at all, and what readers would not see, is made visible. */
function escaped(text: string): string {
  return logLines(text)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
