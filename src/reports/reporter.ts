import type { Reporter, ReporterOptions } from "./model/index.ts";

type Create = (options: ReporterOptions) => Reporter;

/**
 * All report formats by their names on the command line, with what loads them on demand: the text report does not load the
 * HTML page. This is the only list of the formats.
 */
export const REPORT_FORMATS = {
  text: async () => (await import("./formats/index.ts")).createTextReporter,
  json: async () => (await import("./formats/index.ts")).createJsonReporter,
  sarif: async () => (await import("./formats/index.ts")).createSarifReporter,
  junit: async () => (await import("./formats/index.ts")).createJunitReporter,
  github: async () => (await import("./formats/index.ts")).createGithubReporter,
  gitlab: async () => (await import("./formats/index.ts")).createGitlabReporter,
  html: async () => (await import("./html/index.ts")).createHtmlReporter,
} as const satisfies Record<string, () => Promise<Create>>;

/** The name of a report format. */
export type ReportFormat = keyof typeof REPORT_FORMATS;

/** Whether the text names a report format. */
export function isReportFormat(text: string): text is ReportFormat {
  return Object.hasOwn(REPORT_FORMATS, text);
}

/** Creates a reporter of the format for one run. Only the module of that format is loaded. */
export async function createReporter(format: ReportFormat, options: ReporterOptions): Promise<Reporter> {
  const create = await REPORT_FORMATS[format]();
  return create(options);
}
