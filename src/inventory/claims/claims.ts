import type { ServiceEntry } from "../model/index.ts";

/** What a Service claims that a cluster has only once: by kind and canonical value, such as `ip 192.0.2.1`. */
export function claimsOf(_service: ServiceEntry): readonly string[] {
  return [];
}

/** The annotations that {@link claimsOf} and the rules read: all that an inventory keeps. */
export const CLAIM_ANNOTATIONS: readonly string[] = [];
