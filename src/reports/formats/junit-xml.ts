import { logLine, logLines } from "../console/index.ts";

/** Attributes of an element, in the order in which they are written; undefined ones are left out. */
export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** How many cases a suite has, by outcome. */
export interface JunitTotals {
  readonly tests: number;
  readonly failures: number;
  readonly errors: number;
  readonly skipped: number;
}

/** A JUnit document. @param suites suites as {@link testSuite} returns them */
export function junitDocument(attributes: Attributes, suites: readonly string[]): string {
  return ['<?xml version="1.0" encoding="UTF-8"?>', element("testsuites", attributes, lines(suites, "")), ""].join(
    "\n",
  );
}

/** One suite, with its totals as attributes. @param cases `testcase` elements, each on lines of its own */
export function testSuite(name: string, totals: JunitTotals, cases: readonly string[]): string {
  return `  ${element("testsuite", { name, ...totals }, lines(cases, "  "))}`;
}

/** An element as text. @param body its content as XML; an element without a body is empty: `<name/>` */
export function element(name: string, attributes: Attributes, body?: string): string {
  const written = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [` ${key}="${escaped(logLine(String(value)))}"`],
  );
  const opening = `<${name}${written.join("")}`;
  return body === undefined ? `${opening}/>` : `${opening}>${body}</${name}>`;
}

/** Content on lines of its own. @param indent the indentation of the closing tag */
export function lines(content: readonly string[], indent: string): string {
  return `\n${content.map((part) => `${part}\n`).join("")}${indent}`;
}

/** Text of several lines as an element's content. Characters that XML cannot hold or readers cannot see become visible. */
export function textContent(text: string): string {
  return escaped(logLines(text));
}

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ["&", "&amp;"],
  ["<", "&lt;"],
  [">", "&gt;"],
  ['"', "&quot;"],
]);

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ENTITIES.get(character) ?? character);
}
