import type { JsonObject } from "../../field/index.ts";
import type { Service } from "../../service/schema/index.ts";
import { NAMESPACE_NAME_LABEL, OPERATION_NAMES } from "../match/index.ts";
import type { PolicyContext } from "../model/index.ts";
import { requestName } from "./object-json.ts";
import { Undetermined } from "./undetermined.ts";

const KIND = { group: "", version: "v1", kind: "Service" };
const RESOURCE = { group: "", version: "v1", resource: "services" };

/**
 * The variable `request`: the admission request without the objects. Empty fields are absent, as from the API server. Without a
 * request (in CI), what only a request can say is not known.
 */
export function requestJson(service: Service, { facts, given, operation }: PolicyContext): JsonObject {
  const name = requestName(given, service);
  const subResource = operation === "status" ? { subResource: "status", requestSubResource: "status" } : {};
  return {
    kind: KIND,
    resource: RESOURCE,
    requestKind: KIND,
    requestResource: RESOURCE,
    ...subResource,
    ...(name !== undefined && { name }),
    namespace: facts.namespace,
    operation: OPERATION_NAMES[operation],
    userInfo: userJson(facts.user),
    dryRun: facts.dryRun ?? false,
    options: new Undetermined("request.options"),
  };
}

function userJson(user: PolicyContext["facts"]["user"]): unknown {
  if (user === undefined) return new Undetermined("request.userInfo");
  const { name, groups, uid = "", extra = {} } = user;
  return {
    ...(name !== "" && { username: name }),
    ...(uid !== "" && { uid }),
    ...(groups.length > 0 && { groups }),
    ...(Object.keys(extra).length > 0 && { extra }),
  };
}

/** The variable `namespaceObject`: of a namespace, its name and its labels are known, and what all namespaces have. */
export function namespaceJson({ facts }: PolicyContext): JsonObject {
  const { namespace: name, namespaceLabels } = facts;
  return {
    metadata: {
      name,
      labels: { ...namespaceLabels, [NAMESPACE_NAME_LABEL]: name },
      annotations: new Undetermined("namespaceObject.metadata.annotations"),
      uid: new Undetermined("namespaceObject.metadata.uid"),
      creationTimestamp: new Undetermined("namespaceObject.metadata.creationTimestamp"),
    },
    spec: { finalizers: ["kubernetes"] },
    status: { phase: "Active" },
  };
}
