/** Reads YAML as go-yaml v2 does. */
export { kubectlDocuments, streamDocuments } from "./documents.ts";
