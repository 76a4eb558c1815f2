import type { CheckFinding, Reporter, Severity } from "../types.ts";
import { LONGEST_FRAME_LINE } from "./frame.ts";
import type { ReporterOptions } from "./options.ts";
import { fileUri } from "./place.ts";
import { StreamedList } from "./streamed-list.ts";
import { plainJson } from "./visible.ts";
import { helpLink, serviceName } from "./words.ts";

const SCHEMA = "https://raw.githubusercontent.com/oasis-tcs/sarif-spec/master/Schemata/sarif-schema-2.1.0.json";
const HOME = "https://github.com/fairlead/fairlead";

/** Where a suppression is kept: beside the manifests, or in the object itself. */
const SUPPRESSION_KINDS = { baseline: "external", policy: "external", annotation: "inSource" } as const;

/**
 * SARIF 2.1.0. The results come first and the tool with its rules last, which the format leaves open, so that nothing
 * but the rules is held in memory.
 */
export function createSarifReporter(options: ReporterOptions): Reporter {
  const rules = new Map<string, { readonly index: number; readonly level: Severity }>();
  // Every column here counts UTF-16 units; SARIF has to be told.
  const results = new StreamedList(
    `{"$schema":"${SCHEMA}","version":"2.1.0","runs":[{"columnKind":"utf16CodeUnits","results":[`,
  );

  function ruleIndex(finding: CheckFinding): number {
    const known = rules.get(finding.rule);
    if (known !== undefined) return known.index;
    const index = rules.size;
    rules.set(finding.rule, { index, level: finding.severity });
    return index;
  }

  return {
    finding: (finding) => results.item(result(finding, ruleIndex(finding))),
    end: (summary) => {
      const driver = {
        name: "Fairlead",
        version: options.version,
        informationUri: HOME,
        rules: Array.from(rules, ([id, { level }]) => rule(id, level, options)),
      };
      // An input that cannot be read is a finding of the run, and the run did not do all it was asked to.
      const invocation = { executionSuccessful: summary.unusable === 0 };
      const told = summary.leftOut?.map((text) => ({ level: "note", message: { text } }));
      const invocations = [told === undefined ? invocation : { ...invocation, toolExecutionNotifications: told }];
      const rest = plainJson({ tool: { driver }, invocations, properties: { summary } });
      return `${results.close()},${rest.slice(1)}]}\n`;
    },
  };
}

function rule(id: string, level: Severity, options: ReporterOptions): unknown {
  const known = options.rule(id) ?? { title: id, help: id };
  const link = helpLink(id);
  return {
    id,
    shortDescription: { text: known.title },
    fullDescription: { text: known.help },
    help: { text: `${known.help}\n${link}`, markdown: `${known.help}\n\n[${id}](${link})` },
    helpUri: link,
    defaultConfiguration: { level },
    properties: { tags: ["kubernetes", "service"], precision: "very-high" },
  };
}

function result(finding: CheckFinding, ruleIndex: number): unknown {
  const { field, fix, policy, reason } = finding;
  return {
    ruleId: finding.rule,
    ruleIndex,
    level: finding.severity,
    message: { text: fix === undefined ? finding.message : `${finding.message}\nFix: ${fix}` },
    locations: [
      {
        physicalLocation: physicalLocation(finding),
        ...(finding.service && { logicalLocations: [logicalLocation(finding)] }),
      },
    ],
    partialFingerprints: { "fairleadFinding/v1": finding.fingerprint },
    // Either every result of a run says whether it is suppressed, or none does.
    suppressions: suppressions(finding),
    properties: { field, reason, fix, policy },
  };
}

function physicalLocation({ file, region, frame }: CheckFinding): unknown {
  const artifactLocation = { uri: fileUri(file) };
  // A snippet is the text of its region: there is none where lines were cut.
  const isCut = frame.lines.some((line) => line.length >= LONGEST_FRAME_LINE) || frame.cutBefore !== undefined;
  if (frame.lines.length === 0 || isCut) return { artifactLocation, region };
  const contextRegion = {
    startLine: frame.firstLine,
    endLine: frame.firstLine + frame.lines.length - 1,
    snippet: { text: frame.lines.join("\n") },
  };
  return { artifactLocation, region, contextRegion };
}

function logicalLocation(finding: CheckFinding): unknown {
  const name = serviceName(finding);
  return {
    name: finding.service?.name,
    fullyQualifiedName: finding.field === "" ? name : `${name}/${finding.field}`,
    kind: "resource",
  };
}

function suppressions({ suppressed }: CheckFinding): readonly unknown[] {
  if (suppressed === undefined) return [];
  return [{ kind: SUPPRESSION_KINDS[suppressed.by], status: "accepted", justification: suppressed.reason }];
}
