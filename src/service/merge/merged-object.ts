import type { JsonObject } from "../../field/index.ts";
import { applyClientSide } from "./client-side.ts";
import { ownershipOf } from "./ownership.ts";
import { applyServerSide } from "./server-side.ts";

/** How manifests are applied: `kubectl apply`, `kubectl apply --server-side`, or a PUT as `kubectl replace` does. */
export const APPLY_MODES = ["client", "server-side", "replace"] as const;
export type ApplyMode = (typeof APPLY_MODES)[number];

/**
 * The object that reaches the API server's update.
 * @param applied what was applied before; undefined if that is not known
 * @throws {PatchError} for a client-side apply that kubectl, or the server, refuses whatever the object says
 */
export function mergedObject(mode: ApplyMode, applied: unknown, live: JsonObject, manifest: JsonObject): JsonObject {
  if (mode === "replace") return manifest;
  if (mode === "client") return applyClientSide(applied, live, manifest);
  return applyServerSide(ownershipOf(live, applied), live, manifest);
}
