import type { Reporter, ReporterOptions } from "./model/index.ts";

type Create = (options: ReporterOptions) => Reporter;

interface Format {
  /** One line for `--help` and the documentation. */
  readonly summary: string;
  /** Loads the format's module on demand, so that the text report does not load that of the HTML page, for example. */
  readonly load: () => Promise<Create>;
}

/** All report formats by their names on the command line. This is the only list of them. */
export const REPORT_FORMATS = {
  text: {
    summary: "for people: grouped by file, with code frames",
    load: async () => (await import("./formats/index.ts")).createTextReporter,
  },
  json: {
    summary: "for programs: described by schemas/check-report.schema.json",
    load: async () => (await import("./formats/index.ts")).createJsonReporter,
  },
  sarif: {
    summary: "SARIF 2.1.0, for code scanning",
    load: async () => (await import("./formats/index.ts")).createSarifReporter,
  },
  junit: {
    summary: "JUnit XML, for test reports",
    load: async () => (await import("./formats/index.ts")).createJunitReporter,
  },
  github: {
    summary: "workflow commands that GitHub shows as annotations",
    load: async () => (await import("./formats/index.ts")).createGithubReporter,
  },
  gitlab: {
    summary: "GitLab's code quality report",
    load: async () => (await import("./formats/index.ts")).createGitlabReporter,
  },
  html: {
    summary: "one page that needs nothing else: findings, and each Service as the cluster would store it",
    load: async () => (await import("./html/index.ts")).createHtmlReporter,
  },
} as const satisfies Record<string, Format>;

/** The name of a report format. */
export type ReportFormat = keyof typeof REPORT_FORMATS;

/** Whether the text names a report format. */
export function isReportFormat(text: string): text is ReportFormat {
  return Object.hasOwn(REPORT_FORMATS, text);
}

/** Creates a reporter of the format for one run. Only the module of that format is loaded. */
export async function createReporter(format: ReportFormat, options: ReporterOptions): Promise<Reporter> {
  const create = await REPORT_FORMATS[format].load();
  return create(options);
}
