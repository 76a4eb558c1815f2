import type { CheckFinding, Reporter } from "../types.ts";
import { frameText } from "./frame.ts";
import type { ReporterOptions } from "./options.ts";
import { logLine, logLines } from "./visible.ts";
import { fieldFact, fileName, serviceName, suppressionText } from "./words.ts";

type Outcome = "passed" | "failure" | "error" | "skipped";

interface Suite {
  readonly findings: CheckFinding[];
  /** Names of the Services that were judged. */
  readonly services: string[];
}

/**
 * JUnit XML: one suite a file. A finding is a test case, which fails if its severity fails the run, is skipped if it
 * is suppressed, and passes with its text as output otherwise; a Service with no finding that fails is one that passes.
 */
export function createJunitReporter(options: ReporterOptions): Reporter {
  const suites = new Map<string, Suite>();

  function suite(file: string): Suite {
    const known = suites.get(file);
    if (known !== undefined) return known;
    const made: Suite = { findings: [], services: [] };
    suites.set(file, made);
    return made;
  }

  return {
    finding: (finding) => {
      suite(finding.file).findings.push(finding);
      return "";
    },
    service: ({ file, namespace, name }) => {
      suite(file).services.push(`${namespace}/${name}`);
      return "";
    },
    end: ({ leftOut = [] }) => {
      const body = Array.from(suites, ([file, found]) => suiteXml(file, found, options));
      const told = leftOut.map((name): Case => ({ name, outcome: "skipped" }));
      const all = [...[...suites.values()].flatMap((found) => casesOf(found, options)), ...told];
      return [
        `<?xml version="1.0" encoding="UTF-8"?>`,
        `<testsuites name="fairlead ${attribute(options.version)}" ${totals(all)}>`,
        ...body,
        ...(told.length === 0 ? [] : [leftOutXml(told)]),
        "</testsuites>\n",
      ].join("\n");
    },
  };
}

interface Case {
  readonly name: string;
  readonly outcome: Outcome;
  readonly finding?: CheckFinding;
}

function casesOf({ findings, services }: Suite, options: ReporterOptions): Case[] {
  const cases = findings.map((finding): Case => {
    const place = [serviceName(finding), finding.rule, finding.field].filter(
      (part) => part !== undefined && part !== "",
    );
    return {
      name: `${place.join(" ")} (line ${finding.region.startLine})`,
      outcome: outcome(finding, options),
      finding,
    };
  });
  const failed = new Set(
    cases.filter(({ outcome }) => outcome === "failure").map(({ finding }) => finding && serviceName(finding)),
  );
  const clean = services.filter((name) => !failed.has(name));
  return [...cases, ...clean.map((name): Case => ({ name, outcome: "passed" }))];
}

function outcome(finding: CheckFinding, { failOn = "error" }: ReporterOptions): Outcome {
  if (finding.suppressed !== undefined) return "skipped";
  const fails = finding.severity === "error" || (finding.severity === "warning" && failOn === "warning");
  if (!fails) return "passed";
  // JUnit tells a test that fails from one that could not be run; a file that cannot be read is of the second kind.
  return finding.service === undefined ? "error" : "failure";
}

function suiteXml(file: string, found: Suite, options: ReporterOptions): string {
  const cases = casesOf(found, options);
  const name = attribute(fileName(file));
  const body = cases.map((entry) => caseXml(name, entry));
  return [`  <testsuite name="${name}" ${totals(cases)}>`, ...body, "  </testsuite>"].join("\n");
}

/** What has been left out: cases that were skipped, of a suite of their own. */
function leftOutXml(told: readonly Case[]): string {
  const cases = told.map(({ name }) => {
    const text = attribute(name);
    return `    <testcase name="${text}" classname="left out"><skipped message="${text}"></skipped></testcase>`;
  });
  return [`  <testsuite name="left out" ${totals(told)}>`, ...cases, "  </testsuite>"].join("\n");
}

function caseXml(file: string, { name, outcome, finding }: Case): string {
  const open = `    <testcase name="${attribute(name)}" classname="${file}" file="${file}"`;
  if (finding === undefined) return `${open}/>`;
  return `${open} line="${finding.region.startLine}">${outcomeXml(outcome, finding)}</testcase>`;
}

function outcomeXml(outcome: Outcome, finding: CheckFinding): string {
  const body = content(details(finding));
  if (outcome === "passed") return `<system-out>${body}</system-out>`;
  const message = attribute(suppressionText(finding) ?? finding.message);
  const type = outcome === "skipped" ? "" : ` type="${attribute(finding.rule)}"`;
  return `<${outcome} message="${message}"${type}>${body}</${outcome}>`;
}

function details(finding: CheckFinding): string {
  const fact = fieldFact(finding);
  return [
    `${finding.severity}: ${finding.message}`,
    `at ${finding.file}:${finding.region.startLine}:${finding.region.startColumn}`,
    ...(fact === undefined ? [] : [`${fact.name}: ${fact.text}`]),
    ...frameText(finding),
    ...(finding.fix === undefined ? [] : [`fix: ${finding.fix}`]),
  ].join("\n");
}

function totals(cases: readonly Case[]): string {
  const of = (wanted: Outcome): number => cases.filter(({ outcome }) => outcome === wanted).length;
  return `tests="${cases.length}" failures="${of("failure")}" errors="${of("error")}" skipped="${of("skipped")}"`;
}

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ["&", "&amp;"],
  ["<", "&lt;"],
  [">", "&gt;"],
  ['"', "&quot;"],
]);

/** Several lines; what XML cannot hold, and what readers do not see, has been made visible. */
function content(text: string): string {
  return escaped(logLines(text));
}

/** One line: white space in an attribute is made a space by readers. */
function attribute(text: string): string {
  return escaped(logLine(text));
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ENTITIES.get(character) ?? character);
}
