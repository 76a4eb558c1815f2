import { isObject, type JsonObject, withoutKeys } from "../../field/index.ts";
import { plainYaml } from "../../examine/yaml/index.ts";

/** What stands for the name of a file where objects come from a cluster. */
export const CLUSTER = "cluster";

/**
 * The text of a stored object, for code frames. Managed fields are the larger part of many objects, and say nothing about a
 * Service.
 */
export function storedText(object: JsonObject): string {
  const { metadata } = object;
  return plainYaml(isObject(metadata) ? { ...object, metadata: withoutKeys(metadata, ["managedFields"]) } : object);
}
