/** The configuration of `serve`: one list of settings, four layers. */
export { clusterStateOf, loadConfig } from "./load.ts";
export { variableOf } from "./setting.ts";
export { type Config, SETTINGS } from "./settings.ts";
export { unknownVariables } from "./unknown-variables.ts";
