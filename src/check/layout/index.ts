/** What a repository's folders say about their files: charts, kustomizations, and which manifests are one cluster's. */
export { type ChangedField, isAbout, type ObjectChange } from "./changes.ts";
export { type FileRole, Layout } from "./layout.ts";
export type { AppliedSet } from "./members.ts";
export { Kustomizations } from "./kustomizations.ts";
