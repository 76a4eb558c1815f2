import type { Writable } from "../../field/index.ts";
import type { Entries, ServiceEntry, WorkloadEntry } from "../../inventory/model/index.ts";
import { type ChangedField, isAbout, type ObjectChange } from "../layout/index.ts";
import type { FoundObject } from "./found-object.ts";

/**
 * An object with what kustomizations change, as far as that can be told: patches are not applied, and what is not known then is left out.
 * @param applied the name that the set gives it
 */
export function withChanges(object: FoundObject, applied: string, changes: readonly ObjectChange[]): FoundObject {
  const own = changes.filter((change) => isAbout(change, object, applied));
  return own.length === 0 ? object : { ...object, entries: changedEntries(object.entries, own) };
}

function changedEntries(entries: Entries, changes: readonly ObjectChange[]): Entries {
  const { services, workloads } = entries;
  const fields = new Set(changes.flatMap((change) => change.fields));
  return {
    ...entries,
    ...(services && { services: services.map((entry) => changedService(entry, fields)) }),
    ...(workloads && { workloads: workloads.map((entry) => changedWorkload(entry, fields, changes)) }),
  };
}

function changedService(service: ServiceEntry, fields: ReadonlySet<ChangedField>): ServiceEntry {
  return {
    ...service,
    ...((fields.has("ports") || fields.has("part of a port")) && { arePortsOpen: true }),
    // No patch writes an address: it makes a Service headless.
    ...(fields.has("clusterIP") && { isHeadless: true }),
  };
}

function changedWorkload(
  workload: WorkloadEntry,
  fields: ReadonlySet<ChangedField>,
  changes: readonly ObjectChange[],
): WorkloadEntry {
  const changed: Writable<WorkloadEntry> = { ...workload };
  if (fields.has("replicas")) delete changed.replicas;
  const added = changes.flatMap(({ containerPorts = [] }) => containerPorts);
  if (fields.has("part of a port")) delete changed.ports;
  else if (workload.ports !== undefined && added.length > 0) changed.ports = [...workload.ports, ...added];
  return changed;
}
