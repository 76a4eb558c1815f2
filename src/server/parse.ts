/** How deep a body may nest where depth is all that can be wrong with it; a review needs about ten levels. */
const DEEPEST = 500;

/** What is wrong with a text that should be JSON, with the place where the parser gave up. */
export function problemOfJson(error: unknown): string {
  return `the body is no valid JSON: ${error instanceof Error ? error.message : String(error)}`;
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
