/** YAML and JSON text as the API server and kubectl read it, with the location of every value. */
export { readText, streamText } from "./read.ts";
export { readPart, type TextPart, textParts } from "./parts.ts";
