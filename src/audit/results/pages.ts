import type { AuditResult, ResultStatus } from "./result.ts";

/** How many results a report lists, and how large they may be together, in UTF-16 units: etcd takes 1.5 MiB for an object. */
const MOST_RESULTS = 1000;
const MOST_TEXT = 400_000;

/** The results of one report. */
export type Page = readonly AuditResult[];

/** The results of a namespace in the order in which reports list them, divided into those of each report. */
export function pagesOf(results: Iterable<AuditResult>): Page[] {
  const sorted = [...results].sort((one, other) => (one.id < other.id ? -1 : one.id > other.id ? 1 : 0));
  const pages: AuditResult[][] = [];
  let length = 0;
  for (const result of sorted) {
    const size = JSON.stringify(result).length;
    const page = pages.at(-1);
    if (page === undefined || page.length >= MOST_RESULTS || length + size > MOST_TEXT) {
      pages.push([result]);
      length = size;
    } else {
      page.push(result);
      length += size;
    }
  }
  return pages;
}

/** How many results there are of each kind. */
export function summaryOf(page: Page): Readonly<Record<ResultStatus | "pass" | "error", number>> {
  const summary = { pass: 0, fail: 0, warn: 0, error: 0, skip: 0 };
  for (const { result } of page) summary[result]++;
  return summary;
}
