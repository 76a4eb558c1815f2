import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

const ACTION = /\{\{-?\s*(?:[\w.$"(`]|\/\*)/;

/** The range of the first template action (`{{ ... }}`) in the text; undefined if there is none. */
export function templateAction(text: string): { readonly start: number; readonly end: number } | undefined {
  const match = ACTION.exec(text);
  if (match === null) return undefined;
  const close = text.indexOf("}}", match.index);
  const lineEnd = text.indexOf("\n", match.index);
  const isClosedOnLine = close !== -1 && (lineEnd === -1 || close < lineEnd);
  return { start: match.index, end: isClosedOnLine ? close + 2 : match.index + match[0].length };
}

/** The folder of the Helm chart that the file belongs to: the nearest one above with a Chart.yaml. */
export function chartOf(file: string): string | undefined {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    if (existsSync(join(folder, "Chart.yaml"))) return folder;
    if (folder === dirname(folder)) return undefined;
  }
}
