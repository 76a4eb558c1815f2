import type { Identity } from "./identity.ts";
import type { OldService, OldServices } from "./old-services.ts";

/** The stored object that a manifest updates; undefined if there is none. */
export function oldServiceOf(old: OldServices, { namespace, name }: Identity): OldService | undefined {
  return old.get(`${namespace}/${name}`);
}
