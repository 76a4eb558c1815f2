/** Reads JSON as Go's encoding/json does. */
export { jsonDocuments, singleJsonDocument } from "./documents.ts";
