import type { SketchScalar } from "../cursor/index.ts";

/** Words that YAML 1.1 reads as booleans or null, in lower case. */
const SPECIAL: ReadonlySet<string> = new Set(["y", "n", "yes", "no", "on", "off", "true", "false", "null", "~"]);

/** Texts that every reader of YAML takes for themselves without quotes. */
const PLAIN = /^[A-Za-z][\w./-]*$/;

/**
 * A scalar as it is written: in the quotes that are there already, in double quotes in JSON, and otherwise only where it needs them.
 * @param isText whether it is a string whatever it looks like
 */
export function scalarText(text: string, isText: boolean, isJson: boolean, written?: SketchScalar["style"]): string {
  const isPlain = PLAIN.test(text) && !SPECIAL.has(text.toLowerCase());
  if (written === "single") return `'${text.replaceAll("'", "''")}'`;
  if (written === "double" || (isText && (isJson || !isPlain))) return JSON.stringify(text);
  return text;
}
