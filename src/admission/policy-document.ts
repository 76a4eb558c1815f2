import { isObject, type JsonObject } from "../field/index.ts";

/** The part of a stored policy that its author wrote: the server's own fields and the status are no part of the format. */
export function policyDocument(object: unknown): JsonObject {
  if (!isObject(object)) return {};
  const { apiVersion, kind, metadata, spec } = object;
  return { apiVersion, kind, metadata: nameIn(metadata), spec };
}

/** An object that is still to be named by the API server gets a name of the kind that it will have. */
function nameIn(metadata: unknown): JsonObject {
  if (!isObject(metadata)) return {};
  const { name, generateName } = metadata;
  if (name === undefined && typeof generateName === "string") return { name: `${generateName}x` };
  return { name };
}
