import { parseGoDuration } from "./go-duration.ts";

/** What the API server waits for a webhook at most, and unless it says otherwise. */
const LONGEST_TIMEOUT = 30_000;
const USUAL_TIMEOUT = 10_000;

/** A little under what the API server waits, so that it reads our answer rather than its own timeout; in milliseconds. */
export function deadlineIn(query: string): number {
  const given = query === "" ? null : new URLSearchParams(query).get("timeout");
  const timeout = (given === null ? undefined : parseGoDuration(given)) ?? USUAL_TIMEOUT;
  return Math.floor(Math.min(timeout, LONGEST_TIMEOUT) * 0.95);
}

/** The function, with its last answer kept: an API server sends the same query with every review. */
export function memoizeLast(ask: (query: string) => number): (query: string) => number {
  let last = { query: "", answer: ask("") };
  return (query) => {
    if (query !== last.query) last = { query, answer: ask(query) };
    return last.answer;
  };
}
