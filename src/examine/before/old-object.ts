import type { JudgeRequest } from "../../engine/index.ts";
import { isObject } from "../../field/index.ts";
import { type ApplyRefusal, mergedObject } from "../../service/merge/index.ts";
import type { Settings } from "../settings/index.ts";
import type { Identity } from "./identity.ts";
import type { OldService, OldServices } from "./old-services.ts";

/** The stored object that a manifest updates; undefined if there is none. */
export function oldServiceOf(old: OldServices, { namespace, name }: Identity): OldService | undefined {
  return old.get(`${namespace}/${name}`);
}

const byName = new WeakMap<OldServices, ReadonlyMap<string, readonly string[]>>();

/** The namespaces in which there are Services of a name. */
export function namespacesOf(old: OldServices, name: string): readonly string[] {
  const known = byName.get(old) ?? indexByName(old);
  byName.set(old, known);
  return known.get(name) ?? [];
}

function indexByName(old: OldServices): ReadonlyMap<string, readonly string[]> {
  const index = new Map<string, string[]>();
  for (const key of old.keys()) {
    const [namespace = "", name = ""] = key.split("/");
    const namespaces = index.get(name);
    if (namespaces === undefined) index.set(name, [namespace]);
    else namespaces.push(namespace);
  }
  return index;
}

/** The update that applying a manifest asks for, and why the apply fails if it does so whatever it asks for. */
export interface Update {
  /** Findings and policies are about the manifest as it is written. */
  readonly request: Pick<JudgeRequest, "object" | "oldObject" | "unknown" | "manifest" | "toPolicies">;
  readonly refusal: ApplyRefusal | undefined;
}

export function updateOf(before: OldService, manifest: unknown, { apply, cluster }: Settings): Update {
  const outcome = isObject(manifest) ? mergedObject(apply, before.applied, before.object, manifest) : undefined;
  return {
    request: {
      object: outcome?.object ?? manifest,
      oldObject: before.object,
      unknown: before.allocated,
      manifest,
      toPolicies: { given: manifest, cluster },
    },
    refusal: outcome?.refusal,
  };
}
