/** The types that reports are made of, and the phrases that all formats share. */
export type { ReporterOptions, RunFacts } from "./options.ts";
export { fileUri, repositoryPath } from "./paths.ts";
export { fileName, summaryText } from "./texts.ts";
export type { Reporter, Summary } from "./types.ts";
