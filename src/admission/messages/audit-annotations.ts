import type { Judgement } from "../../engine/index.ts";
import type { PatchOperation } from "../review/index.ts";
import { truncate } from "./truncate.ts";

/** The maximum length of a value: the audit log stores every value with every event. */
const LONGEST = 1024;

/**
 * The audit annotations of a review. The API server prefixes each key with the webhook's name and a slash, so a key is
 * one plain word.
 */
export function auditAnnotations(of: {
  readonly judgement: Judgement;
  readonly patch?: readonly PatchOperation[];
  /** How old what is around the Service was, in seconds; `"unknown"` if nothing is known of it. Absent if no rule looks at it. */
  readonly inventoryAge?: number | "unknown" | undefined;
}): Record<string, string> {
  const { judgement, patch = [], inventoryAge } = of;
  const { applied, skipped, findings } = judgement.policy;
  const annotations: Record<string, string> = {};
  const add = (key: string, texts: Iterable<string>): void => {
    const text = joined(texts);
    if (text !== "") annotations[key] = text;
  };
  // Most reviews have nothing to say, and iterators cost more than the rest of an answer.
  if (patch.length > 0) {
    add(
      "defaults",
      patch.values().map(({ path }) => path),
    );
    add(
      "policies",
      applied.values().map(({ policy }) => policy),
    );
  }
  if (skipped.length > 0)
    add(
      "skipped",
      skipped.values().map(({ policy, path, reason }) => `${policy} ${path.toString()}: ${reason}`),
    );
  if (judgement.causes.length + findings.length > 0) {
    add("rules", brokenRules(judgement));
    add("suppressed", suppressions(judgement));
  }
  if (inventoryAge !== undefined)
    annotations["inventory"] = inventoryAge === "unknown" ? "not known" : `as of ${inventoryAge} s ago`;
  return annotations;
}

function* brokenRules({ causes, policy: { findings } }: Judgement): Iterable<string> {
  for (const { code, path } of causes) yield `${code} ${path.toString()}`.trim();
  for (const { policy, rule, action, suppressed } of findings) {
    if (suppressed === undefined) yield `${policy}/${rule}=${action}`;
  }
}

function* suppressions({ policy: { findings } }: Judgement): Iterable<string> {
  for (const { policy, rule, suppressed } of findings) {
    if (suppressed !== undefined) yield `${policy}/${rule}: ${suppressed.reason}`;
  }
}

/** The distinct texts, as many as fit. */
function joined(texts: Iterable<string>): string {
  const distinct: string[] = [];
  let length = 0;
  for (const text of texts) {
    if (distinct.includes(text)) continue;
    distinct.push(text);
    length += text.length;
    if (length > LONGEST) break;
  }
  return truncate(distinct.join(", "), LONGEST);
}
