import type { Service } from "../../service/schema/index.ts";
import { requestName } from "../expressions/index.ts";
import { NAMESPACE_NAME_LABEL, OPERATION_NAMES } from "../match/index.ts";
import type { PolicyContext } from "../model/index.ts";
import type { ResourceRequest } from "./matching.ts";

/** A write of a Service, as admission policies match it. */
export function resourceRequest(service: Service, context: PolicyContext): ResourceRequest {
  const { operation, facts, oldService, given } = context;
  const { namespace, namespaceLabels } = facts;
  const before = operation === "create" || operation === "delete" ? undefined : oldService;
  return {
    operation: OPERATION_NAMES[operation],
    subResource: operation === "status" ? "status" : "",
    name: requestName(given, service),
    namespaceLabels: { ...namespaceLabels, [NAMESPACE_NAME_LABEL]: namespace },
    labels: [service, ...(before === undefined ? [] : [before])].map(({ metadata: { labels = {} } }) => labels),
  };
}
