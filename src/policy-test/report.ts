import type { PolicyFinding } from "../policy/model/index.ts";
import { countPhrase } from "../examine/model/index.ts";
import { logLine, visible, withoutWorkflowCommands } from "../reports/console/index.ts";
import { element, junitDocument, lines, testSuite, textContent } from "../reports/formats/index.ts";
import { type Comparison, hasNoDifferences } from "./compare.ts";
import type { ExpectedFinding } from "./format.ts";
import type { CaseOutcome } from "./run.ts";

/** The result of one case. */
export interface CaseResult {
  readonly file: string;
  readonly line: number;
  readonly index: number;
  readonly name: string;
  readonly comparison: Comparison;
  readonly outcome: CaseOutcome;
}

/** Whether the outcome of the case is the expected one. */
export function passed({ comparison }: CaseResult): boolean {
  return hasNoDifferences(comparison);
}

/** The differences, one per line: `-` is expected, `+` is actual; other lines explain them. */
function differenceLines(result: CaseResult): readonly string[] {
  const { comparison, outcome } = result;
  const { allowed, missing, unexpected, admitted } = comparison;
  return [
    ...(allowed === undefined ? [] : [`- allowed: ${allowed.expected}`, `+ allowed: ${allowed.actual}`]),
    ...missing.map((finding) => `- finding ${expectedText(finding)}`),
    ...unexpected.map((finding) => `+ finding ${findingText(finding)}`),
    ...admitted.flatMap(({ keys, expected, actual }) => [
      `- admitted ${keys.join(".")}: ${valueText(expected)}`,
      `+ admitted ${keys.join(".")}: ${valueText(actual)}`,
    ]),
    ...outcome.causes.map((cause) => `  the API server refuses it: ${cause}`),
    ...foundLines(result),
    ...(missing.length === 0
      ? []
      : outcome.skippedPolicies.map(
          ({ policy, criterion }) => `  the policy ${policy} does not apply: see its ${criterionText(criterion)}`,
        )),
  ];
}

/** The findings that are no difference themselves, but may be the reason for one. */
function foundLines({ comparison: { unexpected }, outcome: { findings } }: CaseResult): readonly string[] {
  if (findings.length === 0) return ["  no findings"];
  return findings
    .filter((finding) => !unexpected.includes(finding))
    .map((finding) => `  found: ${findingText(finding)}`);
}

function criterionText(criterion: string): string {
  return criterion === "request" ? "request, which is none for policies" : `match.${criterion}`;
}

function expectedText({ rule, path, action, policy, message, suppressed }: ExpectedFinding): string {
  const parts = [
    action,
    path === undefined || path === "" ? undefined : `at ${path}`,
    policy && `by ${policy}`,
    suppressed && "suppressed",
    message && `"${message}"`,
  ];
  return [rule, ...parts.filter((part) => typeof part === "string")].join(" ");
}

function findingText({ rule, path, action, policy, message, suppressed }: PolicyFinding): string {
  return expectedText({ rule, path: path.toString(), action, policy, message, suppressed: suppressed !== undefined });
}

function valueText(value: unknown): string {
  return value === undefined ? "(absent)" : JSON.stringify(value);
}

/** The colours of the report; identity functions for plain text. */
export interface Paint {
  readonly green: (text: string) => string;
  readonly red: (text: string) => string;
  readonly bold: (text: string) => string;
}

/** The report for people. */
export function textReport(results: readonly CaseResult[], paint: Paint): string {
  const output: string[] = [];
  let file: string | undefined;
  for (const result of results) {
    if (result.file !== file) output.push(paint.bold(logLine(result.file)));
    ({ file } = result);
    if (passed(result)) output.push(`  ${paint.green("ok")}      ${visible(result.name)}`);
    else {
      const location = visible(`${result.name} (${result.file}:${result.line})`);
      output.push(`  ${paint.red("FAILED")}  ${location}`, ...painted(result, paint));
    }
  }
  const failed = results.filter((result) => !passed(result)).length;
  output.push(
    "",
    `${results.length - failed} of ${countPhrase(results.length, "case")} passed${failed === 0 ? "" : `, ${failed} failed`}`,
  );
  return withoutWorkflowCommands(`${output.join("\n")}\n`);
}

function painted(result: CaseResult, { green, red }: Paint): readonly string[] {
  return differenceLines(result)
    .map(visible)
    .map((line) => `          ${line.startsWith("-") ? red(line) : line.startsWith("+") ? green(line) : line}`);
}

/** The report as JUnit XML, with one suite per file. */
export function junitReport(results: readonly CaseResult[]): string {
  const suites = [...Map.groupBy(results, ({ file }) => file)].map(([file, cases]) => {
    const failures = cases.filter((result) => !passed(result)).length;
    return testSuite(file, { tests: cases.length, failures, errors: 0, skipped: 0 }, cases.map(caseXml));
  });
  return junitDocument({}, suites);
}

function caseXml(result: CaseResult): string {
  const { file, line, name } = result;
  const body = passed(result) ? undefined : lines([`      ${failureXml(result)}`], "    ");
  return `    ${element("testcase", { classname: file, name, file, line }, body)}`;
}

function failureXml(result: CaseResult): string {
  const differences = differenceLines(result);
  return element("failure", { message: differences[0] ?? "" }, textContent(differences.join("\n")));
}
