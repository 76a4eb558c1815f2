/** A document of a text: its value, its problems, its locations. */
export { Lines } from "./lines.ts";
export { asTextError, TextError, tooDeep } from "./text-error.ts";
export type {
  Duplicate,
  KeyPath,
  MisleadingScalar,
  Region,
  TextContent,
  TextDocument,
  TextFormat,
  TextProblem,
  TextRange,
} from "./types.ts";
