import { frameText } from "../console/index.ts";
import { type CheckFinding, fieldFact, sentence, objectName, suppressionText } from "../../examine/model/index.ts";
import { fileName, type Reporter, type ReporterOptions } from "../model/index.ts";
import { element, junitDocument, type JunitTotals, testSuite, textContent } from "./junit-xml.ts";

type Outcome = "passed" | "failure" | "error" | "skipped";

interface Suite {
  readonly findings: CheckFinding[];
  /** The judged Services, as `namespace/name`. */
  readonly services: string[];
}

/**
 * JUnit XML with one suite per file. A finding is a test case: it fails if its severity fails the run, is skipped if it
 * is suppressed, and otherwise passes with its text as output. A Service without failing findings is a test case that
 * passes.
 */
export function createJunitReporter(options: ReporterOptions): Reporter {
  const suites = new Map<string, Suite>();

  function suiteOf(file: string): Suite {
    const existing = suites.get(file);
    if (existing !== undefined) return existing;
    const suite: Suite = { findings: [], services: [] };
    suites.set(file, suite);
    return suite;
  }

  return {
    finding: (finding) => {
      suiteOf(finding.file).findings.push(finding);
      return "";
    },
    service: ({ file, namespace, name }) => {
      suiteOf(file).services.push(`${namespace}/${name}`);
      return "";
    },
    end: ({ leftOut = [] }) => {
      const leftOutCases = leftOut.map((name): Case => ({ name, outcome: "skipped" }));
      const all = [...[...suites.values()].flatMap((suite) => casesOf(suite, options)), ...leftOutCases];
      return junitDocument({ name: `fairlead ${options.version}`, ...totals(all) }, [
        ...Array.from(suites, ([file, suite]) => suiteXml(file, suite, options)),
        ...(leftOutCases.length === 0 ? [] : [leftOutXml(leftOutCases)]),
      ]);
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
    const { rule, field, policy } = finding;
    // Two policies may have the same rule.
    const parts = [objectName(finding), rule, field, policy && `(${policy})`].filter(
      (part) => part !== undefined && part !== "",
    );
    return {
      // Without its line: a test with another name would be a new test to CI.
      name: parts.join(" "),
      outcome: outcome(finding, options),
      finding,
    };
  });
  const failed = new Set(
    cases.filter(({ outcome }) => outcome === "failure").map(({ finding }) => finding && objectName(finding)),
  );
  const clean = services.filter((name) => !failed.has(name));
  return [...cases, ...clean.map((name): Case => ({ name, outcome: "passed" }))];
}

function outcome(finding: CheckFinding, { failOn = "error" }: ReporterOptions): Outcome {
  if (finding.suppressed !== undefined) return "skipped";
  const fails = finding.severity === "error" || (finding.severity === "warning" && failOn === "warning");
  if (!fails) return "passed";
  // JUnit distinguishes a failed test from one that could not run, such as a file that cannot be read.
  return finding.service === undefined && finding.object === undefined ? "error" : "failure";
}

function suiteXml(file: string, suite: Suite, options: ReporterOptions): string {
  const cases = casesOf(suite, options);
  const name = fileName(file);
  return testSuite(
    name,
    totals(cases),
    cases.map((entry) => caseXml(name, entry)),
  );
}

/** What has been left out, as skipped cases of a suite of their own. */
function leftOutXml(cases: readonly Case[]): string {
  const elements = cases.map(({ name }) => {
    const skipped = element("skipped", { message: name }, "");
    return `    ${element("testcase", { name, classname: "left out" }, skipped)}`;
  });
  return testSuite("left out", totals(cases), elements);
}

function caseXml(file: string, { name, outcome, finding }: Case): string {
  const attributes = { name, classname: file, file, line: finding?.region.startLine };
  const body = finding === undefined ? undefined : outcomeXml(outcome, finding);
  return `    ${element("testcase", attributes, body)}`;
}

function outcomeXml(outcome: Outcome, finding: CheckFinding): string {
  const body = textContent(details(finding));
  if (outcome === "passed") return element("system-out", {}, body);
  const message = suppressionText(finding) ?? finding.message;
  const type = outcome === "skipped" ? undefined : finding.rule;
  return element(outcome, { message: sentence(message), type }, body);
}

function details(finding: CheckFinding): string {
  const fact = fieldFact(finding);
  return [
    `${finding.severity}: ${sentence(finding.message)}`,
    `at ${finding.file}:${finding.region.startLine}:${finding.region.startColumn}`,
    ...(fact === undefined ? [] : [`${fact.name}: ${fact.text}`]),
    ...frameText(finding),
    ...(finding.fix === undefined ? [] : [`fix: ${sentence(finding.fix)}`]),
  ].join("\n");
}

function totals(cases: readonly Case[]): JunitTotals {
  const countOf = (expected: Outcome): number => cases.filter(({ outcome }) => outcome === expected).length;
  return {
    tests: cases.length,
    failures: countOf("failure"),
    errors: countOf("error"),
    skipped: countOf("skipped"),
  };
}
