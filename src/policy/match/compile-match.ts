import { compileSelector } from "../../inventory/model/index.ts";
import type { Match } from "../schema/index.ts";
import { compileGlobsWithExclusions } from "./glob.ts";
import type { MatchSubject } from "./subject.ts";

/** The name of a criterion of `match`. */
export type Criterion = keyof Match;

/** Returns a function that finds the criterion of `match` that a subject fails; undefined if the subject matches. */
export function compileMatch(match: Match): (subject: MatchSubject) => Criterion | undefined {
  const tests = [...criteria(match)];
  return (subject) => tests.find(([, holds]) => !holds(subject))?.[0];
}

/** The tests of the criteria that are present, cheapest first. */
function* criteria(match: Match): Iterable<[Criterion, (subject: MatchSubject) => boolean]> {
  const { operations, types, namespaces, namespaceSelector, objectSelector } = match;
  if (operations !== undefined) yield ["operations", ({ operation }) => operations.includes(operation)];
  if (types !== undefined) {
    const typeSet = new Set<string>(types);
    yield ["types", ({ type }) => typeSet.has(type)];
  }
  if (namespaces !== undefined) {
    const matches = compileGlobsWithExclusions(namespaces);
    yield ["namespaces", ({ namespace }) => matches(namespace)];
  }
  if (namespaceSelector !== undefined) {
    const selects = compileSelector(namespaceSelector);
    yield ["namespaceSelector", ({ namespaceLabels }) => selects(namespaceLabels)];
  }
  if (objectSelector !== undefined) {
    const selects = compileSelector(objectSelector);
    yield ["objectSelector", ({ labels }) => selects(labels)];
  }
}
