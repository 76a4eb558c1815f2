import { countPhrase } from "../../examine/model/index.ts";
import type { Summary } from "./types.ts";

/** The file's name for people. */
export function fileName(file: string): string {
  return file === "-" ? "standard input" : file;
}

/** The summary of a run, in one line without a line end. */
export function summaryText(summary: Summary): string {
  const found = [
    summary.errors > 0 && countPhrase(summary.errors, "error"),
    summary.warnings > 0 && countPhrase(summary.warnings, "warning"),
    summary.notes > 0 && countPhrase(summary.notes, "note"),
  ].filter((part) => part !== false);
  const additions = [
    summary.suppressed > 0 && `${summary.suppressed} suppressed`,
    summary.otherKinds > 0 && `${countPhrase(summary.otherKinds, "document")} of other kinds skipped`,
    summary.unusable > 0 && `${countPhrase(summary.unusable, "input")} unusable`,
  ].filter((part) => part !== false);
  const findings = found.length === 0 ? "no findings" : found.join(", ");
  const scope = `${countPhrase(summary.services, "Service")} of ${countPhrase(summary.files, "file")}`;
  return `${findings} in ${scope}${additions.length === 0 ? "" : ` (${additions.join(", ")})`}`;
}
