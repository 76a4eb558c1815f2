import type { Reporter } from "../types.ts";
import type { ReporterOptions } from "./options.ts";

export type { ReporterOptions, RuleText } from "./options.ts";
export { wantsColour } from "./colour.ts";

type Create = (options: ReporterOptions) => Reporter;

interface Format {
  /** One line for `--help` and the documentation. */
  readonly summary: string;
  /** Loaded only when asked for, so that text on a terminal does not pay for the page. */
  readonly load: () => Promise<Create>;
}

/** Every report format by its name on the command line. */
export const REPORT_FORMATS = {
  text: {
    summary: "for people: grouped by file, with code frames",
    load: async () => (await import("./text.ts")).createTextReporter,
  },
  json: {
    summary: "for programs: described by schemas/check-report.schema.json",
    load: async () => (await import("./json.ts")).createJsonReporter,
  },
  sarif: {
    summary: "SARIF 2.1.0, for code scanning",
    load: async () => (await import("./sarif.ts")).createSarifReporter,
  },
  junit: {
    summary: "JUnit XML, for test reports",
    load: async () => (await import("./junit.ts")).createJunitReporter,
  },
  github: {
    summary: "workflow commands that GitHub shows as annotations",
    load: async () => (await import("./github.ts")).createGithubReporter,
  },
  gitlab: {
    summary: "GitLab's code quality report",
    load: async () => (await import("./gitlab.ts")).createGitlabReporter,
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

/** A reporter of the given format for one run. Nothing but the format's own module is loaded. */
export async function createReporter(format: ReportFormat, options: ReporterOptions): Promise<Reporter> {
  const create = await REPORT_FORMATS[format].load();
  return create(options);
}
