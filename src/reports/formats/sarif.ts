import { LONGEST_FRAME_LINE } from "../../examine/places/index.ts";
import { visibleJson } from "../console/index.ts";
import { capitalized, type CheckFinding, helpLink, objectName, type Severity } from "../../examine/model/index.ts";
import { fileUri, type Reporter, type ReporterOptions } from "../model/index.ts";
import { StreamedList } from "./streamed-list.ts";

const SCHEMA = "https://raw.githubusercontent.com/oasis-tcs/sarif-spec/master/Schemata/sarif-schema-2.1.0.json";
const HOME = "https://github.com/fairlead/fairlead";

/** Where a suppression is declared: outside the manifest (`external`), or in the object itself (`inSource`). */
const SUPPRESSION_KINDS = { baseline: "external", policy: "external", annotation: "inSource" } as const;

/**
 * SARIF 2.1.0. The format does not prescribe an order: the results come first, and the tool with its rules last, so
 * that only the rules are held in memory.
 */
export function createSarifReporter(options: ReporterOptions): Reporter {
  const rules = new Map<string, { readonly index: number; readonly level: Severity }>();
  // The unit of all columns; SARIF requires it to be declared.
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
      // An unreadable input is a finding, and it makes the run incomplete.
      const invocation = { executionSuccessful: summary.unusable === 0 };
      const notifications = summary.leftOut?.map((text) => ({ level: "note", message: { text } }));
      const invocations = [
        notifications === undefined ? invocation : { ...invocation, toolExecutionNotifications: notifications },
      ];
      const rest = visibleJson({ tool: { driver }, invocations, properties: { summary } });
      return `${results.close()},${rest.slice(1)}]}\n`;
    },
  };
}

function rule(id: string, level: Severity, options: ReporterOptions): unknown {
  const known = options.rule(id) ?? { title: id, help: id };
  const link = helpLink(id, known);
  const title = capitalized(known.title);
  return {
    id,
    name: title,
    shortDescription: { text: title },
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
        ...(objectName(finding) !== undefined && { logicalLocations: [logicalLocation(finding)] }),
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
  // A snippet must be the complete text of its region: it is omitted where lines were cut.
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
  const name = objectName(finding);
  return {
    name: (finding.service ?? finding.object)?.name,
    fullyQualifiedName: finding.field === "" ? name : `${name}/${finding.field}`,
    kind: "resource",
  };
}

function suppressions({ suppressed }: CheckFinding): readonly unknown[] {
  if (suppressed === undefined) return [];
  return [{ kind: SUPPRESSION_KINDS[suppressed.by], status: "accepted", justification: suppressed.reason }];
}
