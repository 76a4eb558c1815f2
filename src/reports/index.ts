/** Reports: findings in the formats that people and programs read. */
export { readReportTarget, ReportSet, type ReportTarget, type Stream } from "./report-set.ts";
export { createReporter, REPORT_FORMATS, type ReportFormat } from "./reporter.ts";
export { type ShowService, showService } from "./show.ts";
export { isTerminal, standardStream } from "./direct-output.ts";
export { StandardOutput } from "./standard-output.ts";
export { unifiedDiff } from "./unified-diff.ts";
export { SERVICE_VIEWS, type ServiceView } from "./views.ts";
