import { looksLikeManifest, mayHoldManifest, placeholderOnLine } from "../inputs/index.ts";
import { isKustomization } from "../layout/index.ts";
import type { Settings } from "../settings/index.ts";
import type { Lines } from "../../text/document/index.ts";
import type { ExaminationResult } from "./examination-result.ts";
import type { CheckRule } from "./rule-texts.ts";

/**
 * Examines a file that was found in a folder. What is no manifest is `skipped`, with the reason; with `--strict-files`, one
 * that cannot be read is reported like a named one.
 * @param examine examines the file's text
 */
export function* foundFile(
  lines: Lines,
  file: string,
  { strictFiles, assumeService }: Settings,
  examine: () => Iterable<ExaminationResult>,
): Generator<ExaminationResult> {
  if (!strictFiles && !assumeService && !isKustomization(file) && !mayHoldManifest(lines.text)) {
    yield { type: "skipped", reason: "no-manifest" };
    return;
  }
  let holdsManifest = isKustomization(file);
  for (const result of examine()) {
    const rule = result.type === "finding" && !strictFiles ? result.finding.rule : undefined;
    if (rule === TEMPLATE || (rule === UNREADABLE && hasPlaceholder(result, lines))) {
      yield { type: "skipped", reason: "template" };
      return;
    }
    if (rule === UNREADABLE && !holdsManifest && !looksLikeManifest(lines.text)) break;
    if (result.type !== "none") holdsManifest = true;
    yield result;
  }
  if (!holdsManifest) yield { type: "skipped", reason: "no-manifest" };
}

function hasPlaceholder(result: ExaminationResult, lines: Lines): boolean {
  return result.type === "finding" && placeholderOnLine(lines, result.finding.region.startLine) !== undefined;
}

const TEMPLATE = "chart-template" satisfies CheckRule;
const UNREADABLE = "not-yaml" satisfies CheckRule;
