/** Policies as objects that the API server enforces by itself, without a webhook. */
export { exportPolicies } from "./export-policies.ts";
export type { Omission, Rendering, Target } from "./model.ts";
export { omissionText, renderingText } from "./yaml.ts";
