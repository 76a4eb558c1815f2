import { OutputFile } from "../files/index.ts";
import { Unusable } from "../usage/index.ts";
import { wantsColour } from "./console/index.ts";
import type { CheckedService, CheckFinding } from "../examine/model/index.ts";
import type { Reporter, ReporterOptions, Summary } from "./model/index.ts";
import { createReporter, isReportFormat, REPORT_FORMATS, type ReportFormat } from "./reporter.ts";

/** A requested report: its format, and its file; undefined for standard output. */
export interface ReportTarget {
  readonly format: ReportFormat;
  readonly file: string | undefined;
}

/** Reads `FORMAT` or `FORMAT=FILE`. @throws {Unusable} for an unknown format or an empty file name */
export function readReportTarget(text: string): ReportTarget {
  const [, format = "", file] = /^([^=]*)(?:=(.*))?$/s.exec(text) ?? [];
  if (!isReportFormat(format)) {
    const known = Object.keys(REPORT_FORMATS).join(", ");
    throw new Unusable(`${JSON.stringify(format)} is not a report format; the formats are ${known}`);
  }
  if (file === "") throw new Unusable(`--format ${text} names no file`);
  return { format, file };
}

/** A stream for text. */
export interface Stream {
  write(text: string): void;
  readonly isTTY?: boolean;
  /** The width of a terminal, in columns. */
  readonly columns?: number;
}

/** An event of a run: findings and Services go into the reports, other events do not. */
export type ReportEvent =
  | { readonly type: "finding"; readonly finding: CheckFinding }
  | { readonly type: "service"; readonly service: CheckedService }
  | { readonly type: "fixed" | "fixable" };

interface Sink {
  readonly reporter: Reporter;
  readonly write: (text: string) => void;
  readonly close: () => void;
}

/** All reports of one run, written as the run goes on. */
export class ReportSet {
  readonly #sinks: readonly Sink[];

  private constructor(sinks: readonly Sink[]) {
    this.#sinks = sinks;
  }

  /**
   * @param stdout the stream for a report without a file
   * @throws {Unusable} if two reports have no file, or a file cannot be written
   */
  static async open(targets: readonly ReportTarget[], options: ReporterOptions, stdout: Stream): Promise<ReportSet> {
    if (targets.filter(({ file }) => file === undefined).length > 1) {
      throw new Unusable("two reports cannot share standard output; give one a file: --format FORMAT=FILE");
    }
    const sinks: Sink[] = [];
    for (const { format, file } of targets) {
      const colour = file === undefined && wantsColour(process.env, { isTTY: stdout.isTTY === true });
      const columns = file === undefined && stdout.isTTY === true ? stdout.columns : undefined;
      const reporter = await createReporter(format, { ...options, colour, ...(columns && { columns }) });
      sinks.push(file === undefined ? streamSink(reporter, stdout) : fileSink(reporter, file));
    }
    return new ReportSet(sinks);
  }

  /** Whether any report shows Services as well as findings. */
  get wantsServices(): boolean {
    return this.#sinks.some(({ reporter }) => reporter.service !== undefined);
  }

  add(event: ReportEvent): void {
    for (const { reporter, write } of this.#sinks) {
      if (event.type === "finding") write(reporter.finding(event.finding));
      else if (event.type === "service") write(reporter.service?.(event.service) ?? "");
    }
  }

  end(summary: Summary): void {
    for (const { reporter, write, close } of this.#sinks) {
      write(reporter.end(summary));
      close();
    }
  }
}

function streamSink(reporter: Reporter, stream: Stream): Sink {
  const write = (text: string): void => {
    if (text !== "") stream.write(text);
  };
  return { reporter, write, close: () => undefined };
}

function fileSink(reporter: Reporter, file: string): Sink {
  const output = new OutputFile(`the report ${file}`, file);
  return {
    reporter,
    write: (text) => {
      if (text !== "") output.write(text);
    },
    close: () => {
      output.close();
    },
  };
}
