/** The Service: what it is, what the API server fills in and refuses, and how it says so. */
export { applyStaticDefaults, fillStaticDefaults } from "./apply-static-defaults.ts";
export { hasSameConfiguration, isBeingDeleted } from "./configuration-changes.ts";
export { bodySize, findTooLargeBody, findTooLargeObject } from "./object-size.ts";
export { withoutServersFields } from "./servers-fields.ts";
export { type Decision, processRequest, type ProcessResult } from "./process.ts";
