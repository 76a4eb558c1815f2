import type { Labels, WorkloadEntry } from "../../../inventory/model/index.ts";
import type { Service } from "../../../service/schema/index.ts";
import { isExternalName, type RuleContext } from "../kit/index.ts";
import { isSetAtRunTime, isSetByController } from "./controller-labels.ts";
import { isMadeByOperator } from "./operators.ts";

/** What a Service selects. */
export interface Backends {
  readonly workloads: readonly WorkloadEntry[];
  /** The labels by which workloads are looked for: without those that controllers set. */
  readonly selector: Labels;
  /** Whether it selects some of the Pods of a workload only, by a label that a controller sets. */
  readonly isPart: boolean;
  /** Whether the Service's manifest leaves its namespace open. */
  readonly isNamespaceOpen: boolean;
}

/**
 * What the Service selects; undefined if that cannot be known: it selects nothing by itself, has endpoints of its own, or
 * selects Pods that an operator makes from objects of its own kinds.
 */
export function backendsOf(service: Service, { inventory, facts }: RuleContext): Backends | undefined {
  const all = Object.entries(service.spec.selector ?? {});
  if (inventory === undefined || all.length === 0 || isExternalName(service)) return undefined;
  const { namespace } = facts;
  const name = service.metadata.name ?? "";
  for (const _ of inventory.endpointsOf(namespace, name)) return undefined;
  const known = all.filter(([key]) => !isSetByController(key));
  if (known.length === 0) return undefined;
  const selector = Object.fromEntries(known);
  const isNamespaceOpen =
    inventory.service(namespace, name)?.isNamespaceOpen ?? service.metadata.namespace === undefined;
  const found = (labels: Labels) => [...inventory.workloadsWith(labels, namespace, isNamespaceOpen)];
  const workloads = found(selector);
  if (workloads.length > 0) return { workloads, selector, isPart: known.length < all.length, isNamespaceOpen };
  if (isMadeByOperator(selector)) return undefined;
  const given = known.filter(([key]) => !isSetAtRunTime(key));
  if (given.length === 0) return undefined;
  const led =
    given.length === known.length ? [] : found(Object.fromEntries(given)).filter(({ labels }) => lacks(labels));
  return { workloads: led, selector, isPart: true, isNamespaceOpen };
}

/** Whether no label says what a program would say while it runs. */
function lacks(labels: Labels): boolean {
  return !Object.keys(labels).some(isSetAtRunTime);
}

/** Jobs end, and Pods by themselves are tests and tools: neither is what a Service is for if there is anything else. */
const NOT_LASTING: ReadonlySet<string> = new Set(["Pod", "Job", "CronJob"]);

/** The workloads that the Service is for. */
export function servingOf({ workloads }: Backends): readonly WorkloadEntry[] {
  const lasting = workloads.filter(({ kind }) => !NOT_LASTING.has(kind));
  if (lasting.length > 0) return lasting;
  const pods = workloads.filter(({ kind }) => kind === "Pod");
  return pods.length > 0 ? pods : workloads;
}

/** How many Pods are behind the Service; undefined if that is not known or not fixed. */
export function podsOf({ workloads, isPart }: Backends): number | undefined {
  if (isPart || workloads.length === 0) return undefined;
  let pods = 0;
  for (const { replicas } of workloads) {
    if (replicas === undefined) return undefined;
    pods += replicas;
  }
  return pods;
}
