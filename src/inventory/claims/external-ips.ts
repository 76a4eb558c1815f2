import { Path } from "../../field/index.ts";
import type { ServiceEntry } from "../model/index.ts";
import { canonicalAddress } from "./addresses.ts";
import { type Claim, MAX_CLAIMS } from "./claim.ts";

const IPS = Path.of(["spec", "externalIPs"]);

/** The addresses that a Service takes over in the whole cluster, each once. No proxy looks at those of an ExternalName. */
export function externalIPClaims({ type, externalIPs = [] }: ServiceEntry): readonly Claim[] {
  if (type === "ExternalName") return [];
  const claims = new Map<string, Claim>();
  for (const [index, found] of externalIPs.slice(0, MAX_CLAIMS).entries()) {
    const key = `external-ip ${canonicalAddress(found)}`;
    if (!claims.has(key)) claims.set(key, { key, path: IPS.index(index), found });
  }
  return [...claims.values()];
}
