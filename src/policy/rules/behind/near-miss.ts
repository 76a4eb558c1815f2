import { nearestWord } from "../../../field/index.ts";
import type { InventoryView, Labels, WorkloadEntry } from "../../../inventory/model/index.ts";
import { ownValue } from "../kit/index.ts";
import type { Backends } from "./backends.ts";

/** A workload that differs from a selector in one label only. */
export interface NearMiss {
  readonly workload: WorkloadEntry;
  /** The label of the selector. */
  readonly key: string;
  /** The label that the Pods have instead; absent if they have none like it. */
  readonly has?: readonly [key: string, value: string];
}

/** How many workloads are looked at: this is only a hint. */
const MOST = 5000;

/** The workload that the selector most likely means; undefined if none is near. @param name of the Service */
export function nearMiss(
  { selector, isNamespaceOpen }: Backends,
  namespace: string,
  name: string,
  inventory: InventoryView,
): NearMiss | undefined {
  const wanted = Object.entries(selector);
  let best: NearMiss | undefined;
  let seen = 0;
  for (const workload of inventory.workloadsNear(selector, namespace, isNamespaceOpen)) {
    if (++seen > MOST) break;
    const near = missOf(wanted, selector, workload, name);
    if (near === undefined) continue;
    if (workload.name === name) return near;
    if (best === undefined || (best.has === undefined && near.has !== undefined)) best = near;
  }
  return best;
}

function missOf(
  wanted: readonly (readonly [key: string, value: string])[],
  selector: Labels,
  workload: WorkloadEntry,
  name: string,
): NearMiss | undefined {
  let missed: readonly [key: string, value: string] | undefined;
  for (const pair of wanted) {
    if (ownValue(workload.labels, pair[0]) === pair[1]) continue;
    if (missed !== undefined) return undefined;
    missed = pair;
  }
  if (missed === undefined) return undefined;
  const [key, value] = missed;
  const own = ownValue(workload.labels, key);
  if (own !== undefined) {
    // Workloads of one release have labels in common: a value that is not alike is another workload, unless the names agree.
    const isMeant = nearestWord(value, [own]) !== undefined || workload.name === name;
    return isMeant ? { workload, key, has: [key, own] } : undefined;
  }
  const same = Object.keys(workload.labels).filter(
    (other) => workload.labels[other] === value && ownValue(selector, other) === undefined,
  );
  const alike = nearestWord(key, same);
  if (alike !== undefined) return { workload, key, has: [alike, value] };
  return wanted.length > 1 ? { workload, key } : undefined;
}
