import type { ServiceEntry } from "../model/index.ts";
import { type Claim, MAX_CLAIMS } from "./claim.ts";

/** Both domains that external-dns reads, and the annotations in them that name hosts. */
export const DNS_ANNOTATIONS = [
  "external-dns.alpha.kubernetes.io/hostname",
  "external-dns.alpha.kubernetes.io/internal-hostname",
  "external-dns.kubernetes.io/hostname",
  "external-dns.kubernetes.io/internal-hostname",
] as const;

/** The DNS names that a Service has external-dns make records of. */
export function dnsClaims({ annotations = {} }: ServiceEntry): readonly Claim[] {
  const claims: Claim[] = [];
  for (const annotation of DNS_ANNOTATIONS) {
    if (!Object.hasOwn(annotations, annotation)) continue;
    const keys = ["metadata", "annotations", annotation];
    for (const found of hostsOf(annotations[annotation] ?? "")) {
      if (claims.length === MAX_CLAIMS) return claims;
      claims.push({ key: `dns ${canonicalHost(found)}`, keys, found });
    }
  }
  return claims;
}

/** external-dns takes all blanks out of the list before it splits it (source/annotations). */
function hostsOf(text: string): readonly string[] {
  return text
    .replaceAll(" ", "")
    .split(",")
    .filter((host) => host !== "");
}

function canonicalHost(host: string): string {
  return host.toLowerCase().replace(/\.$/, "");
}
