import { parseGoDuration } from "./go-duration.ts";

/** The maximum and the default of a webhook's `timeoutSeconds`, in milliseconds. */
const MAX_TIMEOUT = 30_000;
const DEFAULT_TIMEOUT = 10_000;

/**
 * The time for an answer, in milliseconds: a little less than the `timeout` in the query, so that the API server gets an
 * answer before its own timeout.
 */
export function deadlineIn(query: string): number {
  const parameter = query === "" ? null : new URLSearchParams(query).get("timeout");
  const timeout = (parameter === null ? undefined : parseGoDuration(parameter)) ?? DEFAULT_TIMEOUT;
  return Math.floor(Math.min(timeout, MAX_TIMEOUT) * 0.95);
}

/** Caches the last result of the function: an API server sends the same query with every review. */
export function memoizeLast(compute: (query: string) => number): (query: string) => number {
  let last = { query: "", result: compute("") };
  return (query) => {
    if (query !== last.query) last = { query, result: compute(query) };
    return last.result;
  };
}
