/** The settings of a check: command-line options, `.fairlead.yaml`, cluster profiles, namespace labels. */
export { CLUSTER_PROFILE_SCHEMA } from "./cluster-profile-schema.ts";
export { readProfile } from "./cluster-profile.ts";
export { chooseConfig } from "./config-choice.ts";
export {
  CONFIG_NAME,
  configOf,
  type ConfigProblem,
  type Configuration,
  findConfig,
  InvalidConfig,
  readConfig,
} from "./config.ts";
export { readNamespaceLabels } from "./namespaces.ts";
export { CHECK_OPTIONS, type CheckFlag } from "./options.ts";
export { readApplyMode, readFieldValidation, readPortRange, readServiceCIDRs } from "./read-values.ts";
export { readTargetVersion, type TargetVersion, type VersionOptions, versionOfNumber } from "./target-version.ts";
export { unknownLabelNotes } from "./unknown-labels.ts";
