import { Lines } from "../../text/document/index.ts";
import { singleJsonDocument } from "../../text/json/index.ts";

/** How deep a body may nest where depth is all that can be wrong with it; a review needs about ten levels. */
const DEEPEST = 500;

/**
 * What is wrong with a text that is no JSON, and where. The parser's own `error` would quote the text, and the answer is
 * logged: objects may hold what is nobody's business.
 */
export function problemOfJson(json: string): string {
  const [problem] = singleJsonDocument(new Lines(json)).problems;
  if (problem === undefined) return "the body is no valid JSON";
  const { startLine: line, startColumn: column } = problem.region;
  return `the body cannot be read: line ${line}, column ${column}: ${problem.message}`;
}

/**
 * Whether the text nests so deep that this alone makes functions run out of stack. Asked only after that has happened,
 * so that no good review pays for it.
 */
export function isTooDeep(json: string): boolean {
  let depth = 0;
  let inText = false;
  for (let index = 0; index < json.length; index++) {
    const character = json[index];
    if (inText) {
      if (character === "\\") index++;
      else if (character === '"') inText = false;
    } else if (character === '"') inText = true;
    else if (character === "{" || character === "[") {
      if (++depth > DEEPEST) return true;
    } else if (character === "}" || character === "]") depth--;
  }
  return false;
}
