/** What manifests are judged by, and what of an answer depends on settings that nobody has given. */
export { dependsOnUnknownRanges, withoutAssumedFamilies } from "./range-dependence.ts";
export { defaultSettings, type NamespaceLabels, type Settings } from "./settings.ts";
