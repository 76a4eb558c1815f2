import { equalJsonOrEmpty } from "../../field/index.ts";
import { hasSameConfiguration, isBeingDeleted } from "../../service/index.ts";
import type { Service } from "../../service/schema/index.ts";
import type { Operation, PolicyContext } from "../model/index.ts";
import type { OPERATIONS } from "../schema/index.ts";
import type { Labels } from "../../inventory/model/index.ts";

/** The properties of a request that policies are matched by. */
export interface MatchSubject {
  readonly operation: (typeof OPERATIONS)[number];
  readonly type: string;
  readonly namespace: string;
  readonly namespaceLabels: Labels;
  readonly name: string;
  readonly labels: Labels;
}

/**
 * The name of each operation in `match.operations`. A write of the status is an update of the Service; each rule
 * defines whether it applies to such writes.
 */
export const OPERATION_NAMES: Readonly<Record<Operation, MatchSubject["operation"]>> = {
  create: "CREATE",
  update: "UPDATE",
  delete: "DELETE",
  status: "UPDATE",
};

/** The API server sets this label on every namespace, so it is known even if the namespace's labels are not. */
export const NAMESPACE_NAME_LABEL = "kubernetes.io/metadata.name";

/** The subject of a request; undefined if no policy applies to the request. */
export function subjectOf(service: Service, context: PolicyContext): MatchSubject | undefined {
  if (isExcluded(service, context)) return undefined;
  const { namespace, namespaceLabels } = context.facts;
  return {
    operation: OPERATION_NAMES[context.operation],
    type: service.spec.type ?? "ClusterIP",
    namespace,
    namespaceLabels: { ...namespaceLabels, [NAMESPACE_NAME_LABEL]: namespace },
    name: service.metadata.name ?? service.metadata.generateName ?? "",
    labels: service.metadata.labels ?? {},
  };
}

/** Whether the request is one that no policy may affect. */
function isExcluded(service: Service, { facts, operation, oldService }: PolicyContext): boolean {
  // The API server writes this Service itself.
  if (facts.namespace === "default" && service.metadata.name === "kubernetes") return true;
  const stored = operation === "delete" ? service : oldService;
  if (operation === "create" || stored === undefined) return false;
  // A repeated deletion must not be refused.
  if (operation === "delete") return isBeingDeleted(stored);
  if (!hasSameConfiguration(service, stored)) return false;
  if (operation === "status" && !equalJsonOrEmpty(service.status, stored.status)) return false;
  // While a Service is being deleted, only changes of its meaning matter: removing the last finalizer must be allowed.
  return isBeingDeleted(stored) || changesOnlyHousekeeping(service, stored);
}

/**
 * Whether the update changes only finalizers, or removes owner references. Load balancer controllers add finalizers to
 * Services that are older than a policy, and the garbage collector removes owner references. Adding an owner reference
 * is not exempt: with an invented owner, the garbage collector deletes the Service.
 */
function changesOnlyHousekeeping({ metadata: now }: Service, { metadata: before }: Service): boolean {
  const knownOwners = new Set((before.ownerReferences ?? []).map(({ uid }) => uid));
  if ((now.ownerReferences ?? []).some(({ uid }) => !knownOwners.has(uid))) return false;
  return (
    !equalJsonOrEmpty(now.finalizers, before.finalizers) ||
    !equalJsonOrEmpty(now.ownerReferences, before.ownerReferences)
  );
}
