import type { ServiceEntry } from "../model/index.ts";
import { DNS_ANNOTATIONS, dnsClaims } from "./dns-names.ts";
import { externalIPClaims } from "./external-ips.ts";
import { nodePortClaims } from "./node-ports.ts";
import { selectorKey } from "./selectors.ts";

/** What a Service claims that others may claim, too: by kind and canonical value, such as `external-ip 192.0.2.1`; each once. */
export function claimsOf(service: ServiceEntry): readonly string[] {
  const claims = [externalIPClaims, dnsClaims, nodePortClaims].flatMap((claimsIn) => claimsIn(service));
  const selector = selectorKey(service);
  return [...new Set([...claims.map(({ key }) => key), ...(selector === undefined ? [] : [selector])])];
}

/** The annotations that {@link claimsOf} and the rules read: all that an inventory keeps. */
export const CLAIM_ANNOTATIONS: readonly string[] = [...DNS_ANNOTATIONS];
