import { Lines } from "../../text/document/index.ts";
import { singleJsonDocument } from "../../text/json/index.ts";

/** The depth from which nesting counts as the cause of a stack overflow; a review has about ten levels. */
const MAX_DEPTH = 500;

/**
 * Describes why a text is not JSON, and where. The parser's own error would quote the text, but the reply is logged, and
 * objects may contain confidential values.
 */
export function problemOfJson(json: string): string {
  const [problem] = singleJsonDocument(new Lines(json)).problems;
  if (problem === undefined) return "the body is not valid JSON";
  const { startLine: line, startColumn: column } = problem.region;
  return `the body cannot be read: line ${line}, column ${column}: ${problem.message}`;
}

/**
 * Whether the text nests so deeply that recursive functions run out of stack. It is checked only after that has happened,
 * so that valid reviews do not pay for it.
 */
export function isTooDeep(json: string): boolean {
  let depth = 0;
  let inString = false;
  for (let index = 0; index < json.length; index++) {
    const character = json[index];
    if (inString) {
      if (character === "\\") index++;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === "{" || character === "[") {
      if (++depth > MAX_DEPTH) return true;
    } else if (character === "}" || character === "]") depth--;
  }
  return false;
}
