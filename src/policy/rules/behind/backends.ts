import type { Labels, WorkloadEntry } from "../../../inventory/model/index.ts";
import type { Service } from "../../../service/schema/index.ts";
import { isExternalName, onceAReview, type RuleContext } from "../kit/index.ts";
import { isMadeByOperator } from "./operators.ts";
import { isSetByController, isSetLater } from "./pod-labels.ts";

/** What a Service selects. */
export interface Backends {
  readonly workloads: readonly WorkloadEntry[];
  readonly selector: Labels;
  /** Whether the Service's manifest leaves its namespace open. */
  readonly isNamespaceOpen: boolean;
}

/**
 * What the Service selects; undefined if that cannot be known: it selects nothing by itself, has endpoints of its own, or
 * selects Pods that an operator makes from objects of its own kinds.
 */
export const backendsOf = onceAReview((service, { inventory, facts }): Backends | undefined => {
  const { selector = {} } = service.spec;
  const keys = Object.keys(selector);
  if (inventory === undefined || keys.length === 0 || isExternalName(service)) return undefined;
  const { namespace } = facts;
  const name = service.metadata.name ?? "";
  const isNamespaceOpen =
    inventory.service(namespace, name)?.isNamespaceOpen ?? service.metadata.namespace === undefined;
  for (const _ of inventory.endpointsOf(namespace, name, isNamespaceOpen)) return undefined;
  const found = (labels: Labels) => [...inventory.workloadsWith(labels, namespace, isNamespaceOpen)];
  const workloads = found(selector);
  if (workloads.length > 0) return { workloads, selector, isNamespaceOpen };
  const given = keys.filter((key) => !isSetLater(key));
  if (given.every(isSetByController) || isMadeByOperator(selector)) return undefined;
  // A template that has such a label itself says what it is.
  const later =
    given.length === keys.length ? [] : found(Object.fromEntries(given.map((key) => [key, selector[key] ?? ""])));
  return {
    workloads: later.filter(({ labels }) => keys.every((key) => !isSetLater(key) || !Object.hasOwn(labels, key))),
    selector,
    isNamespaceOpen,
  };
});

/** Jobs end, and Pods by themselves are tests and tools: neither is what a Service is for if there is anything else. */
const NOT_LASTING: ReadonlySet<string> = new Set(["Pod", "Job", "CronJob"]);

/** The workloads that the Service is for. */
export function servingOf({ workloads }: Backends): readonly WorkloadEntry[] {
  const lasting = workloads.filter(({ kind }) => !NOT_LASTING.has(kind));
  if (lasting.length > 0) return lasting;
  const pods = workloads.filter(({ kind }) => kind === "Pod");
  return pods.length > 0 ? pods : workloads;
}

/** How many Pods are behind the Service; undefined if that is not known or not fixed, or if it selects only some of them. */
export function podsOf({ workloads, selector }: Backends): number | undefined {
  if (workloads.length === 0) return undefined;
  let pods = 0;
  for (const { replicas, labels } of workloads) {
    if (replicas === undefined || !Object.keys(selector).every((key) => Object.hasOwn(labels, key))) return undefined;
    pods += replicas;
  }
  return pods;
}

/** Whether it is known that the Service's Pods run one on each node. */
export function areOnEveryNode(service: Service, context: RuleContext): boolean {
  if (context.inventory?.has("workloads") !== true) return false;
  const backends = backendsOf(service, context);
  if (backends === undefined) return false;
  const serving = servingOf(backends);
  return serving.length > 0 && serving.every(({ kind }) => kind === "DaemonSet");
}
