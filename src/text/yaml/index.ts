/** Reads YAML as go-yaml v2 does. */
export { chunks } from "./chunks.ts";
export { kubectlDocuments, streamDocuments } from "./documents.ts";
