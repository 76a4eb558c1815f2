import type { JudgeRequest } from "../../engine/index.ts";
import { isObject } from "../../field/index.ts";
import { mergedObject } from "../../service/merge/index.ts";
import type { Settings } from "../settings/index.ts";
import type { Identity } from "./identity.ts";
import type { OldService, OldServices } from "./old-services.ts";

/** The stored object that a manifest updates; undefined if there is none. */
export function oldServiceOf(old: OldServices, { namespace, name }: Identity): OldService | undefined {
  return old.get(`${namespace}/${name}`);
}

/** The update that applying a manifest asks for. Findings and policies are about the manifest as it is written. */
export function updateOf(
  before: OldService,
  manifest: unknown,
  { apply, cluster }: Settings,
): Pick<JudgeRequest, "object" | "oldObject" | "unknown" | "manifest" | "toPolicies"> {
  return {
    object: isObject(manifest) ? mergedObject(apply, before.applied, before.object, manifest).object : manifest,
    oldObject: before.object,
    unknown: before.allocated,
    manifest,
    toPolicies: { given: manifest, cluster },
  };
}
