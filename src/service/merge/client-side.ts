import { isObject, type JsonObject } from "../../field/index.ts";
import { LAST_APPLIED } from "./ownership.ts";
import { difference } from "./strategic-diff.ts";
import { merged } from "./strategic-merge.ts";

/**
 * The patch that `kubectl apply` sends: what differs between the live object and the manifest, and what the manifest that
 * was applied before had and this one no longer has. Source: `CreateThreeWayMergePatch` of apimachinery's `strategicpatch`.
 * @param lastApplied the manifest that was applied before; undefined if none is known: then nothing is deleted
 * @throws {PatchError} where kubectl fails to make the patch
 */
export function clientSidePatch(lastApplied: unknown, live: JsonObject, manifest: JsonObject): JsonObject {
  const modified = withAnnotations(manifest);
  const deletions = difference("deletions", isObject(lastApplied) ? lastApplied : {}, modified);
  return merged("patch", deletions, difference("changes", live, modified));
}

/**
 * The object that `kubectl apply` makes of the live one: what the manifest says is set, what it no longer says is deleted,
 * and what others have set stays. Ports are told apart by their number only: of two that share one, a change may reach
 * the wrong one, and a deletion takes both.
 * @throws {PatchError} where kubectl, or the server, refuses the patch
 */
export function applyClientSide(lastApplied: unknown, live: JsonObject, manifest: JsonObject): JsonObject {
  return merged("object", live, clientSidePatch(lastApplied, live, manifest));
}

/** kubectl always sends annotations, because it adds its own: those of others stay, even if the manifest no longer has any. */
function withAnnotations(manifest: JsonObject): JsonObject {
  const { metadata } = manifest;
  if (!isObject(metadata)) return manifest;
  const annotations = isObject(metadata["annotations"]) ? metadata["annotations"] : {};
  const others = Object.entries(annotations).filter(([key]) => key !== LAST_APPLIED);
  return { ...manifest, metadata: { ...metadata, annotations: Object.fromEntries(others) } };
}
