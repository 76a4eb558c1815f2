import type { ServiceEntry } from "../model/index.ts";
import { annotationNameOf, annotationOf, ANNOTATIONS } from "./annotations.ts";
import { type Claim, MAX_CLAIMS } from "./claim.ts";

/** The names of an annotation of external-dns, by its domains: the default, and the default before it. */
function inBothDomains(name: string): readonly string[] {
  return [`external-dns.kubernetes.io/${name}`, `external-dns.alpha.kubernetes.io/${name}`];
}

const HOSTS = [
  { kind: "dns", annotations: inBothDomains("hostname") },
  // Records of cluster IPs; usually in another zone than those of load balancers.
  { kind: "internal-dns", annotations: inBothDomains("internal-hostname") },
];
const CONTROLLER = inBothDomains("controller");
const SET_IDENTIFIER = inBothDomains("set-identifier");

/** The annotations of external-dns that are read for claims. */
export const DNS_ANNOTATIONS: readonly string[] = [
  ...HOSTS.flatMap(({ annotations }) => annotations),
  ...CONTROLLER,
  ...SET_IDENTIFIER,
];

/** The DNS names that a Service has external-dns make records of. */
export function dnsClaims(service: ServiceEntry): readonly Claim[] {
  // external-dns passes a Service over whose controller is another one.
  if ((annotationOf(service, CONTROLLER) ?? "dns-controller") !== "dns-controller") return [];
  const claims = new Map<string, Claim>();
  for (const { kind, annotations } of HOSTS) {
    const name = annotationNameOf(service, annotations);
    if (name === undefined) continue;
    for (const found of hostsOf(service.annotations?.[name] ?? "")) {
      if (claims.size === MAX_CLAIMS) return [...claims.values()];
      const key = `${kind} ${canonicalHost(found)}`;
      if (!claims.has(key)) claims.set(key, { key, path: ANNOTATIONS.key(name), found });
    }
  }
  return [...claims.values()];
}

/** Whether both names are meant to be one record set: with identifiers of their own, each has a part of the traffic. */
export function mayShareName(one: ServiceEntry, other: ServiceEntry): boolean {
  const identifier = annotationOf(one, SET_IDENTIFIER) ?? "";
  const others = annotationOf(other, SET_IDENTIFIER) ?? "";
  return identifier !== "" && others !== "" && identifier !== others;
}

/** external-dns takes all spaces out of the list before it splits it (v0.22.0, source/annotations/processors.go). */
function hostsOf(text: string): readonly string[] {
  return text
    .replaceAll(" ", "")
    .split(",", MAX_CLAIMS)
    .filter((host) => host !== "");
}

function canonicalHost(host: string): string {
  return host.toLowerCase().replace(/\.$/, "");
}
