import type { ServiceEntry } from "../model/index.ts";
import { DNS_ANNOTATIONS, dnsClaims } from "./dns-names.ts";
import { externalIPClaims } from "./external-ips.ts";
import { ADDRESS_ANNOTATIONS, loadBalancerClaims } from "./load-balancers.ts";
import { nodePortClaims } from "./node-ports.ts";
import { selectorKey } from "./selectors.ts";
import { SHARING_ANNOTATIONS } from "./sharing.ts";

/** What Services claim besides Pods, by where it is written. */
const KINDS = [externalIPClaims, loadBalancerClaims, dnsClaims, nodePortClaims];

/** What a Service claims that others may claim, too: by kind and canonical value, such as `external-ip 192.0.2.1`; each once. */
export function claimsOf(service: ServiceEntry): readonly string[] {
  const keys = KINDS.flatMap((claimsIn) => claimsIn(service).map(({ key }) => key));
  const selector = selectorKey(service);
  return [...new Set(selector === undefined ? keys : [...keys, selector])];
}

/** The annotations that {@link claimsOf} and the rules read: all that an inventory keeps. */
export const CLAIM_ANNOTATIONS: readonly string[] = [
  ...new Set([...ADDRESS_ANNOTATIONS, ...SHARING_ANNOTATIONS, ...DNS_ANNOTATIONS]),
];
