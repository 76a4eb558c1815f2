/** Validation and warnings, as the API server has them, field by field. */
export { validateClusterIPs } from "./addresses.ts";
export { validateManagers } from "./managers.ts";
export { validateMetadataUpdate, validateNewMetadata } from "./metadata.ts";
export { validateService } from "./spec.ts";
export { validateStatus } from "./status.ts";
export { validateUpdate } from "./update.ts";
export { warn, warnStatus } from "./warnings.ts";
