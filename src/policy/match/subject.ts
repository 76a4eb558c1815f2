import { sameValue } from "../../field/json-equality.ts";
import { isBeingDeleted, meansTheSame } from "../../service/housekeeping.ts";
import type { Service } from "../../service/types.ts";
import type { OPERATIONS } from "../schema/document.ts";
import type { Operation, PolicyContext } from "../types.ts";
import type { Labels } from "./labels.ts";

/** What policies are matched by. */
export interface Subject {
  readonly operation: (typeof OPERATIONS)[number];
  readonly type: string;
  readonly namespace: string;
  readonly namespaceLabels: Labels;
  readonly name: string;
  readonly labels: Labels;
}

/** What `match.operations` calls each operation. A write of the status is an update of the Service: which rules look at it is for the rules to say. */
export const MATCHED_AS: Readonly<Record<Operation, Subject["operation"]>> = {
  create: "CREATE",
  update: "UPDATE",
  delete: "DELETE",
  status: "UPDATE",
};

/** The API server puts this label on every namespace; where the labels are unknown, this one is known all the same. */
const NAME_LABEL = "kubernetes.io/metadata.name";

/** What is matched for this request; undefined where no policy ever matches. */
export function subjectOf(service: Service, context: PolicyContext): Subject | undefined {
  if (isOutOfReach(service, context)) return undefined;
  const { namespace, namespaceLabels } = context.facts;
  return {
    operation: MATCHED_AS[context.operation],
    type: service.spec.type ?? "ClusterIP",
    namespace,
    namespaceLabels: { ...namespaceLabels, [NAME_LABEL]: namespace },
    name: service.metadata.name ?? service.metadata.generateName ?? "",
    labels: service.metadata.labels ?? {},
  };
}

/** Whether policies must keep their hands off. */
function isOutOfReach(service: Service, { facts, operation, oldService }: PolicyContext): boolean {
  // The API server writes this one itself.
  if (facts.namespace === "default" && service.metadata.name === "kubernetes") return true;
  const stored = operation === "delete" ? service : oldService;
  if (operation === "create" || stored === undefined) return false;
  // Nobody who asks for a deletion once more must be stopped.
  if (operation === "delete") return isBeingDeleted(stored);
  if (!meansTheSame(service, stored)) return false;
  if (operation === "status" && !sameValue(service.status, stored.status)) return false;
  // On its way out only a change of what is meant counts: whoever takes the last finalizer off must not be stopped.
  return isBeingDeleted(stored) || onlyLetsGo(service, stored);
}

/**
 * Load balancer controllers put finalizers on Services that were there before the policy was, and the garbage collector
 * takes owners off. An owner more is another matter: with a made-up one the garbage collector deletes the Service.
 */
function onlyLetsGo({ metadata: now }: Service, { metadata: before }: Service): boolean {
  const known = new Set((before.ownerReferences ?? []).map(({ uid }) => uid));
  if ((now.ownerReferences ?? []).some(({ uid }) => !known.has(uid))) return false;
  return !sameValue(now.finalizers, before.finalizers) || !sameValue(now.ownerReferences, before.ownerReferences);
}
