import type { ServiceEntry } from "../model/index.ts";
import { canonicalAddress } from "./addresses.ts";
import { type Claim, MAX_CLAIMS } from "./claim.ts";

/** The addresses that a Service takes over in the whole cluster. No proxy looks at those of an ExternalName. */
export function externalIPClaims({ type, externalIPs = [] }: ServiceEntry): readonly Claim[] {
  if (type === "ExternalName") return [];
  return externalIPs.slice(0, MAX_CLAIMS).map((found, index) => ({
    key: `external-ip ${canonicalAddress(found)}`,
    keys: ["spec", "externalIPs", index],
    found,
  }));
}
