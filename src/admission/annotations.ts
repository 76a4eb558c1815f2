import type { Judgement } from "../engine.ts";
import type { PatchOperation } from "./patch.ts";

/** Longest value: audit logs keep each of them with every event. */
const LONGEST = 1024;

/**
 * What the audit log of the API server keeps of a review. The server puts the webhook's name and a slash before each
 * key, so a key is one plain word.
 */
export function auditAnnotations(of: {
  readonly judgement: Judgement;
  readonly patch?: readonly PatchOperation[];
}): Record<string, string> {
  const { judgement, patch = [] } = of;
  const { findings, applied, skipped } = judgement.policy;
  const annotations: Record<string, string> = {};
  add(
    annotations,
    "defaults",
    patch.map(({ path }) => path),
  );
  if (patch.length > 0) add(annotations, "policies", [...new Set(applied.map(({ policy }) => policy))]);
  add(
    annotations,
    "skipped",
    skipped.map(({ policy, path, reason }) => `${policy} ${path.toString()}: ${reason}`),
  );
  add(annotations, "rules", [
    ...judgement.causes.map(({ code, path }) => `${code} ${path.toString()}`.trim()),
    ...findings
      .filter(({ suppressed }) => suppressed === undefined)
      .map(({ policy, rule, action }) => `${policy}/${rule}=${action}`),
  ]);
  add(
    annotations,
    "suppressed",
    findings.flatMap(({ policy, rule, suppressed }) =>
      suppressed === undefined ? [] : [`${policy}/${rule}: ${suppressed.reason}`],
    ),
  );
  return annotations;
}

function add(annotations: Record<string, string>, key: string, values: readonly string[]): void {
  if (values.length === 0) return;
  const text = [...new Set(values)].join(", ");
  annotations[key] = text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1)}…`;
}
