import { isObject, type JsonObject, valueAt } from "../../field/index.ts";
import { withStandIns } from "../../service/cluster/index.ts";
import { sparseSpec } from "../../service/decode/index.ts";
import type { ObjectMeta, Service } from "../../service/schema/index.ts";
import { isManifest, type PolicyContext } from "../model/index.ts";

/** The uid of an object that no server has stored: expressions can see that there is one. */
const STAND_IN_UID = "00000000-0000-0000-0000-000000000000";
/** That of an object that is stored already: on an update the new object has it as well as the old one. */
const STAND_IN_VERSION = "1";

/**
 * A Service as expressions of admission policies see it: as the API server is about to store it, with what it has allocated.
 * Of a manifest, what only a server could add has values that stand for it.
 */
export function objectJson(service: Service, context: PolicyContext): JsonObject {
  const { apiVersion = "v1", kind = "Service", status } = service;
  const filled = withStandIns(service, context.cluster);
  return { apiVersion, kind, metadata: metadataJson(service.metadata, context), spec: sparseSpec(filled.spec), status };
}

/**
 * A Service as expressions of MutatingAdmissionPolicies see it: as it came, with the static defaults. The server gives it a uid
 * and its addresses only later.
 */
export function pendingJson(service: Service, context: PolicyContext): JsonObject {
  const { apiVersion = "v1", kind = "Service", metadata, spec, status } = service;
  const { namespace = context.facts.namespace } = metadata;
  const managedFields = managersOf(metadata, context);
  return {
    apiVersion,
    kind,
    metadata: { ...metadata, namespace, ...(managedFields !== undefined && { managedFields }) },
    spec: sparseSpec(spec),
    status,
  };
}

/** The engine does not decode managed fields; a manifest has none, but the server notes who sent it. */
function managersOf({ managedFields }: ObjectMeta, { facts, given }: PolicyContext): readonly unknown[] | undefined {
  if (managedFields !== undefined) return managedFields;
  const managers = valueAt(given, ["metadata", "managedFields"]);
  if (Array.isArray(managers)) return managers.map((entry: unknown) => entry);
  return isManifest(facts) ? MANIFEST_MANAGERS : undefined;
}

const MANIFEST_MANAGERS = [
  { manager: "fairlead", operation: "Update", apiVersion: "v1", fieldsType: "FieldsV1" },
] as const;

function metadataJson(metadata: ObjectMeta, context: PolicyContext): JsonObject {
  const { facts } = context;
  const managedFields = managersOf(metadata, context);
  const managers = managedFields === undefined ? {} : { managedFields };
  const { namespace = facts.namespace } = metadata;
  if (!isManifest(facts)) return { ...metadata, namespace, ...managers };
  const { uid = STAND_IN_UID, creationTimestamp = `${facts.today}T00:00:00Z`, name = metadata.generateName } = metadata;
  const { resourceVersion = context.operation === "create" ? undefined : STAND_IN_VERSION } = metadata;
  return {
    ...metadata,
    ...(name !== undefined && { name }),
    namespace,
    uid,
    creationTimestamp,
    ...(resourceVersion !== undefined && { resourceVersion }),
    ...managers,
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
