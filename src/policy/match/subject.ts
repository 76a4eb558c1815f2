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

/** A status write changes nothing that a policy is about: it has no name here. */
const NAMES: Readonly<Record<Operation, Subject["operation"] | undefined>> = {
  create: "CREATE",
  update: "UPDATE",
  delete: "DELETE",
  status: undefined,
};

/** The API server puts this label on every namespace; where the labels are unknown, this one is known all the same. */
const NAME_LABEL = "kubernetes.io/metadata.name";

/** What is matched for this request; undefined where no policy ever matches. */
export function subjectOf(service: Service, context: PolicyContext): Subject | undefined {
  const operation = NAMES[context.operation];
  if (operation === undefined || isOutOfReach(service, context)) return undefined;
  const { namespace, namespaceLabels } = context.facts;
  return {
    operation,
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
  // On its way out: whoever takes the last finalizer off must not be stopped, nor who asks for the deletion once more.
  if (operation !== "create" && service.metadata.deletionTimestamp !== undefined) return true;
  if (operation !== "update") return false;
  return oldService !== undefined && onlyFinalizersChange(service, oldService);
}

/** Load balancer controllers put finalizers on Services that were there before the policy was. */
function onlyFinalizersChange(service: Service, old: Service): boolean {
  if (sameJson(service.metadata.finalizers, old.metadata.finalizers)) return false;
  const seen = ({ spec, metadata: { labels, annotations } }: Service) => ({ spec, labels, annotations });
  return sameJson(seen(service), seen(old));
}

function sameJson(a: unknown, b: unknown): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}
