import { isObject, type JsonObject } from "../field/index.ts";

/**
 * The part of a policy object that its author writes: fields set by the server and the status are not part of the
 * format.
 */
export function policyDocument(object: unknown): JsonObject {
  if (!isObject(object)) return {};
  const { apiVersion, kind, metadata, spec } = object;
  return { apiVersion, kind, metadata: nameIn(metadata), spec };
}

/** An object without a name gets one derived from `generateName`, as the API server will do. */
function nameIn(metadata: unknown): JsonObject {
  if (!isObject(metadata)) return {};
  const { name, generateName } = metadata;
  if (name === undefined && typeof generateName === "string") return { name: `${generateName}x` };
  return { name };
}
