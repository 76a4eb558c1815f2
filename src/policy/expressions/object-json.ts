import { isObject, type JsonObject, valueAt } from "../../field/index.ts";
import { withStandIns } from "../../service/cluster/index.ts";
import { sparseSpec } from "../../service/decode/index.ts";
import type { ObjectMeta, Service } from "../../service/schema/index.ts";
import { isManifest, type PolicyContext } from "../model/index.ts";

/** The uid of an object that no server has stored: expressions can see that there is one. */
const STAND_IN_UID = "00000000-0000-0000-0000-000000000000";

/**
 * A Service as expressions of admission policies see it: as the API server is about to store it, with what it has allocated.
 * Of a manifest, what only a server could add has values that stand for it.
 */
export function objectJson(service: Service, context: PolicyContext): JsonObject {
  const { apiVersion = "v1", kind = "Service", status } = service;
  const filled = withStandIns(service, context.cluster);
  return { apiVersion, kind, metadata: metadataJson(service.metadata, context), spec: sparseSpec(filled.spec), status };
}

function metadataJson(metadata: ObjectMeta, { facts, given }: PolicyContext): JsonObject {
  const { namespace = facts.namespace, managedFields } = metadata;
  if (!isManifest(facts)) {
    // The engine does not decode managed fields.
    const managers = managedFields ?? valueAt(given, ["metadata", "managedFields"]);
    return { ...metadata, namespace, ...(Array.isArray(managers) && { managedFields: managers }) };
  }
  const { uid = STAND_IN_UID, creationTimestamp = `${facts.today}T00:00:00Z`, name = metadata.generateName } = metadata;
  const managers = managedFields ?? [
    { manager: "fairlead", operation: "Update", apiVersion: "v1", fieldsType: "FieldsV1" },
  ];
  return {
    ...metadata,
    ...(name !== undefined && { name }),
    namespace,
    uid,
    creationTimestamp,
    managedFields: managers,
  };
}

/** The name of the object that the request names; absent if the server is to choose it. */
export function requestName(given: unknown, service: Service): string | undefined {
  const written = valueAt(given, ["metadata", "name"]);
  if (typeof written === "string" && written !== "") return written;
  return isObject(given) && valueAt(given, ["metadata", "generateName"]) !== undefined
    ? undefined
    : service.metadata.name;
}
