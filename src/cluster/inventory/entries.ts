import { isObject, type JsonObject } from "../../field/index.ts";
import { entriesOf } from "../../inventory/extract/index.ts";
import type { Entries } from "../../inventory/model/index.ts";
import { objectsAt, textAt } from "../api/index.ts";
import { type Collection, standsFor } from "./collections.ts";

/** What an inventory keeps of an object of this collection; undefined for nothing, as for what a controller here stands for. */
export function entriesIn(collection: Collection, version: string, object: JsonObject): Entries | undefined {
  const { group, kind, needs, metadataOnly } = collection;
  if (needs.includes("workloads") && isStoodFor(object)) return undefined;
  // The items of a list lack what is the same for all of them, and an answer with metadata alone names another kind.
  const apiVersion = group === "" ? version : `${group}/${version}`;
  const entries = entriesOf({ ...object, apiVersion, kind }, { namespace: "" });
  return entries !== undefined && metadataOnly === true ? withoutPorts(entries) : entries;
}

function isStoodFor(object: JsonObject): boolean {
  return objectsAt(object, "metadata", "ownerReferences").some((owner) => {
    const [first = "", second] = (textAt(owner, "apiVersion") ?? "").split("/");
    return (
      isObject(owner) &&
      owner["controller"] === true &&
      standsFor(second === undefined ? "" : first, textAt(owner, "kind") ?? "")
    );
  });
}

/** Without the spec nobody knows which ports there are, nor how many Pods are made. */
function withoutPorts({ workloads = [], ...others }: Entries): Entries {
  const bare = workloads.map(({ namespace, name, kind, labels }) => ({ namespace, name, kind, labels }));
  return { ...others, workloads: bare };
}
