import { isObject, type JsonObject, valueAt } from "../../field/index.ts";
import { applyClientSide } from "./client-side.ts";
import { type Conflict, conflictsOf } from "./conflicts.ts";
import { LAST_APPLIED, ownershipOf } from "./ownership.ts";
import { applyServerSide } from "./server-side.ts";
import { PatchError } from "./strategic-patch.ts";

/** How manifests are applied: `kubectl apply`, `kubectl apply --server-side`, or a PUT as `kubectl replace` does. */
export const APPLY_MODES = ["client", "server-side", "replace"] as const;
export type ApplyMode = (typeof APPLY_MODES)[number];

/** Why an apply fails whatever the merged object is. */
export type ApplyRefusal =
  /** Ports of one number stand apart: kubectl makes a patch of which it says itself that its order is wrong. */
  | { readonly reason: "port-order"; readonly number: unknown; readonly keys: readonly (string | number)[] }
  | { readonly reason: "conflict"; readonly conflicts: readonly Conflict[] };

/** What an apply makes of the stored object; of one that fails, what the manifest says. */
export interface ApplyOutcome {
  readonly object: JsonObject;
  readonly refusal?: ApplyRefusal;
}

/**
 * What reaches the API server's update.
 * @param applied what was applied before; undefined if that is not known
 */
export function mergedObject(mode: ApplyMode, applied: unknown, live: JsonObject, manifest: JsonObject): ApplyOutcome {
  if (mode === "replace") return { object: manifest };
  if (mode === "client") return clientSide(applied, live, withAnnotations(manifest));
  const ownership = ownershipOf(live, applied);
  const object = applyServerSide(ownership, live, manifest);
  const conflicts = conflictsOf(ownership, live, manifest, applied);
  return conflicts.length === 0 ? { object } : { object, refusal: { reason: "conflict", conflicts } };
}

/** kubectl always sends annotations, because it adds its own: those of others stay, even if the manifest no longer has any. */
function withAnnotations(manifest: JsonObject): JsonObject {
  const { metadata } = manifest;
  if (!isObject(metadata)) return manifest;
  const annotations = isObject(metadata["annotations"]) ? metadata["annotations"] : {};
  const others = Object.entries(annotations).filter(([key]) => key !== LAST_APPLIED);
  return { ...manifest, metadata: { ...metadata, annotations: Object.fromEntries(others) } };
}

function clientSide(applied: unknown, live: JsonObject, manifest: JsonObject): ApplyOutcome {
  try {
    return { object: applyClientSide(applied, live, manifest) };
  } catch (error) {
    if (!(error instanceof PatchError)) throw error;
    return { object: manifest, refusal: portOrder(manifest) };
  }
}

/** The first port that comes again behind another one. */
function portOrder(manifest: JsonObject): ApplyRefusal {
  const list = valueAt(manifest, ["spec", "ports"]);
  const numbers = (Array.isArray(list) ? list : []).map((item: unknown) => (isObject(item) ? item["port"] : undefined));
  const at = numbers.findIndex(
    (number, i) => i > 1 && number !== numbers[i - 1] && numbers.slice(0, i).includes(number),
  );
  return { reason: "port-order", number: numbers[at], keys: ["spec", "ports", at] };
}
