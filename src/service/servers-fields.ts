import { isObject, type JsonObject, withoutKeys } from "../field/index.ts";

/** A stored object as a backup of it brings it back: what the server itself writes is left out. */
export function withoutServersFields(stored: JsonObject): JsonObject {
  const object = withoutKeys(stored, ["status"]);
  const { metadata } = object;
  return isObject(metadata) ? { ...object, metadata: withoutKeys(metadata, SERVERS_METADATA) } : object;
}

const SERVERS_METADATA = [
  "creationTimestamp",
  "deletionGracePeriodSeconds",
  "deletionTimestamp",
  "generation",
  "managedFields",
  "resourceVersion",
  "selfLink",
  "uid",
];
