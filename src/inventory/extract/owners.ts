import type { JsonObject } from "../../field/index.ts";
import { itemsAt, type ObjectType, textAt, typeOf } from "../read/index.ts";

/**
 * The controllers, by the kind of what they make, that are workloads of an inventory themselves: they stand for what they make.
 * Each writes itself into `metadata.ownerReferences` with `controller: true`.
 */
const MAKERS: ReadonlyMap<string, readonly ObjectType[]> = new Map([
  [
    "Pod",
    [
      { group: "apps", kind: "ReplicaSet" },
      { group: "apps", kind: "StatefulSet" },
      { group: "apps", kind: "DaemonSet" },
      { group: "batch", kind: "Job" },
      { group: "", kind: "ReplicationController" },
    ],
  ],
  [
    "ReplicaSet",
    [
      { group: "apps", kind: "Deployment" },
      { group: "argoproj.io", kind: "Rollout" },
    ],
  ],
  ["Job", [{ group: "batch", kind: "CronJob" }]],
  ["ReplicationController", [{ group: "apps.openshift.io", kind: "DeploymentConfig" }]],
]);

/** Whether a workload of an inventory makes this object. */
export function isMadeByWorkload(kind: string, object: JsonObject): boolean {
  const makers = MAKERS.get(kind);
  if (makers === undefined) return false;
  const controller = itemsAt(object, ["metadata", "ownerReferences"]).find((owner) => owner["controller"] === true);
  if (controller === undefined) return false;
  const owner = typeOf({ apiVersion: textAt(controller, ["apiVersion"]), kind: textAt(controller, ["kind"]) });
  return makers.some(({ group, kind }) => group === owner?.group && kind === owner.kind);
}
