import type { Analysis } from "../analysis/index.ts";
import { documentAt, isOnSeparator, spotsAt, subjectAt } from "../cursor/index.ts";
import type { Hover } from "../model/index.ts";
import { pageAt } from "../words/index.ts";

/** Help for the key or the value at an offset; undefined where there is none. The text need not parse. */
export function hoverAt(analysis: Analysis, offset: number): Hover | undefined {
  const { text, file, context } = analysis;
  if (isOnSeparator(text, offset)) return undefined;
  const document = documentAt(text, offset);
  const [spot] = spotsAt(text, document, offset);
  if (spot === undefined || spot.is === "open") return undefined;
  const { keys, start, end } = spot;
  const value = spot.is === "value" ? spot.scalar : undefined;
  if (spot.is === "value" && (value === undefined || value.style === "block")) return undefined;
  const subject = subjectAt(file, document, keys, context.settings.assumeService);
  const markdown = pageAt(analysis, subject, offset, keys, value?.text);
  return markdown === undefined ? undefined : { markdown, start, end };
}
