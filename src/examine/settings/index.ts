/** What manifests are judged by, and what of an answer depends on settings that nobody has given. */
export { type CheckOption, optionKey, OPTIONS } from "./options.ts";
export { dependsOnUnknownRanges, withoutAssumedFamilies } from "./range-dependence.ts";
export { defaultSettings, type NamespaceLabels, type Settings } from "./settings.ts";
