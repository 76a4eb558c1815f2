import { visibleJson } from "../console/index.ts";
import { helpLink } from "../../examine/model/index.ts";
import type { Reporter, ReporterOptions } from "../model/index.ts";
import { StreamedList } from "./streamed-list.ts";

const SCHEMA = "https://raw.githubusercontent.com/fairlead/fairlead/main/schemas/check-report.schema.json";

/** Incremented when programs that read the report have to change; new fields do not require that. */
const FORMAT_VERSION = 1;

/** The report for programs, described by `schemas/check-report.schema.json`, with one finding per line. */
export function createJsonReporter(options: ReporterOptions): Reporter {
  const head = {
    $schema: SCHEMA,
    formatVersion: FORMAT_VERSION,
    tool: { name: "fairlead", version: options.version },
    ...(options.target && { target: options.target }),
  };
  const findings = new StreamedList(`${visibleJson(head).slice(0, -1)},"findings":[`);
  return {
    finding: (finding) => findings.item({ ...finding, help: helpLink(finding.rule, options.rule(finding.rule)) }),
    end: (summary) => `${findings.close()},"summary":${visibleJson(summary)}}\n`,
  };
}
