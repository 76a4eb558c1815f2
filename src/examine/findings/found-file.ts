import { isKustomization, looksLikeManifest, mayHoldManifest, placeholderOnLine } from "../manifests/index.ts";
import type { Settings } from "../settings/index.ts";
import type { Lines } from "../../text/document/index.ts";
import type { DocumentResult } from "./examination-result.ts";

/**
 * Why a document that cannot be read is passed over with the rest of its file; undefined if it is reported. Asked before the
 * finding is made: a folder may have thousands of templates.
 * @param line the line of what is wrong
 * @param isTemplate whether the document is a template
 */
export type PassOver = (line: number, isTemplate: boolean) => SkipReason | undefined;
type SkipReason = Extract<DocumentResult, { type: "skipped" }>["reason"];

/**
 * Examines a file that was found in a folder. What is no manifest is `skipped`, with the reason; with `--strict-files`, one
 * that cannot be read is reported like a named one.
 * @param examine examines the file's text, and yields why the rest of it is passed over
 */
export function* foundFile<Result extends { readonly type: string }>(
  lines: Lines,
  file: string,
  { strictFiles, assumeService }: Settings,
  examine: (passOver: PassOver) => Iterable<Result>,
): Generator<Result | DocumentResult> {
  if (!strictFiles && !assumeService && !isKustomization(file) && !mayHoldManifest(lines.text)) {
    yield { type: "skipped", reason: "no-manifest" };
    return;
  }
  let holdsManifest = isKustomization(file);
  const passOver: PassOver = (line, isTemplate) => {
    if (strictFiles) return undefined;
    if (isTemplate || placeholderOnLine(lines, line) !== undefined) return "template";
    return holdsManifest || looksLikeManifest(lines.text) ? undefined : "no-manifest";
  };
  for (const result of examine(passOver)) {
    if (result.type !== "none") holdsManifest = true;
    yield result;
  }
  if (!holdsManifest) yield { type: "skipped", reason: "no-manifest" };
}
