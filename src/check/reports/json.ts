import type { Reporter } from "../types.ts";
import type { ReporterOptions } from "./options.ts";
import { StreamedList } from "./streamed-list.ts";
import { plainJson } from "./visible.ts";
import { helpLink } from "./words.ts";

const SCHEMA = "https://raw.githubusercontent.com/fairlead/fairlead/main/schemas/check-report.schema.json";

/** Raised when a reader of the report has to change; fields that are added do not. */
const FORMAT_VERSION = 1;

/** The report for programs, as `schemas/check-report.schema.json` describes it: one finding a line. */
export function createJsonReporter(options: ReporterOptions): Reporter {
  const head = {
    $schema: SCHEMA,
    formatVersion: FORMAT_VERSION,
    tool: { name: "fairlead", version: options.version },
    ...(options.target && { target: options.target }),
  };
  const findings = new StreamedList(`${plainJson(head).slice(0, -1)},"findings":[`);
  return {
    finding: (finding) => findings.item({ ...finding, help: helpLink(finding.rule) }),
    end: (summary) => `${findings.close()},"summary":${plainJson(summary)}}\n`,
  };
}
