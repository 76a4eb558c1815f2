import type { JsonObject } from "../../field/index.ts";
import { applyClientSide } from "./client-side.ts";
import { applyServerSide } from "./server-side.ts";

/** How manifests are applied: `kubectl apply`, `kubectl apply --server-side`, or a PUT as `kubectl replace` does. */
export const APPLY_MODES = ["client", "server-side", "replace"] as const;
export type ApplyMode = (typeof APPLY_MODES)[number];

/**
 * The object that reaches the API server's update.
 * @param before what was applied before; undefined if that is not known
 */
export function mergedObject(mode: ApplyMode, before: unknown, live: JsonObject, manifest: JsonObject): JsonObject {
  if (mode === "replace") return manifest;
  return mode === "client" ? applyClientSide(before, live, manifest) : applyServerSide(before, live, manifest);
}
