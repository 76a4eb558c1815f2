import { isMap, isScalar, isSeq, parseDocument, type Document } from "yaml";
import type { PolicyFinding } from "../policy/index.ts";
import type { Comparison } from "./compare.ts";

/** A case that came out otherwise. */
export interface Correction {
  readonly index: number;
  readonly comparison: Comparison;
  readonly findings: readonly PolicyFinding[];
}

/** The text of a test file with what came out in place of what was expected; all else, comments too, stays. */
export function corrected(text: string, corrections: readonly Correction[]): string {
  const document = parseDocument(text, { version: "1.1", keepSourceTokens: true });
  for (const correction of corrections) correct(document, correction);
  return document.toString({ lineWidth: 0 });
}

function correct(document: Document.Parsed, { index, comparison, findings }: Correction): void {
  const expect = ["cases", index, "expect"];
  if (comparison.allowed !== undefined) setValue(document, [...expect, "allowed"], comparison.allowed.actual);
  if (comparison.missing.length + comparison.unexpected.length > 0) {
    const list = document.createNode(findings.map(asExpected));
    if (isSeq(list)) {
      for (const item of list.items) if (isMap(item)) item.flow = true;
    }
    document.setIn([...expect, "findings"], list);
  }
  for (const { keys, actual } of comparison.admitted)
    setValue(document, [...expect, "admitted", ...keys], actual ?? null);
}

/** Changes a scalar in place, which keeps the comment behind it. */
function setValue(document: Document.Parsed, keys: readonly (string | number)[], value: unknown): void {
  const node = document.getIn(keys, true);
  if (isScalar(node) && (typeof value !== "object" || value === null)) node.value = value;
  else document.setIn(keys, value);
}

function asExpected({ rule, path, action, suppressed }: PolicyFinding) {
  return { rule, path: path.toString(), action, ...(suppressed && { suppressed: true }) };
}
