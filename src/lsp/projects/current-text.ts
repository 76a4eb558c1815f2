import { readSource } from "../../files/index.ts";

/** The text of a file that is open in the editor; undefined for one that is not. */
export type OpenText = (file: string) => string | undefined;

/** The text of a file: in the editor, or else on disk; undefined if it cannot be read. */
export function currentText(file: string, openText: OpenText): string | undefined {
  const open = openText(file);
  if (open !== undefined) return open;
  const source = readSource(file);
  return "text" in source ? source.text : undefined;
}
