import { quoted } from "./literals.ts";
import type { Cel } from "./logic.ts";

/**
 * Whether a field of the spec that is present was written by a client rather than allocated by the API server, by
 * `metadata.managedFields`: the rule of `compileProvenance`, for fields without a static default, without the annotation of
 * client-side apply (CEL reads no JSON; a client-side apply is in `managedFields`, too).
 */
export function isWritten(field: string): Cel {
  return isFieldWritten(quoted(`f:${field}`));
}

/** The same for a field whose name, after `f:`, an expression gives. */
export function isFieldWritten(key: Cel): Cel {
  return ownedBy(`f[?"f:spec"][?${key}].hasValue()`);
}

/** The same for the node port of a port. */
export function isNodePortWritten(port: Cel): Cel {
  const key = `"k:{\\"port\\":" + string(${port}.port) + ",\\"protocol\\":\\"" + ${port}.protocol + "\\"}"`;
  return ownedBy(`f[?"f:spec"][?"f:ports"][?${key}][?"f:nodePort"].hasValue()`);
}

/** Without any record, nothing rules out that a client wrote it. */
function ownedBy(test: Cel): Cel {
  return `(variables.owned.size() == 0 || variables.owned.exists(f, ${test}))`;
}
