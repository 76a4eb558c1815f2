/** Reads YAML as go-yaml v2 does. */
export { yamlDocuments } from "./documents.ts";
