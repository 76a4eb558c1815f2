import type { ServiceEntry } from "../model/index.ts";
import { annotationOf, itemsOf } from "./annotations.ts";
import { sharePort } from "./ports.ts";
import { canonicalSelector } from "./selectors.ts";

/** What serves load balancers, how a Service shows that it is meant, and which Services it lets use one address. */
interface Implementation {
  /** Annotations that only it reads. */
  readonly signs: readonly string[];
  /** Whether two Services may have one address. Ports in common are no question then. */
  readonly mayShare: (one: ServiceEntry, other: ServiceEntry) => boolean;
}

export const METALLB_IPS = ["metallb.io/loadBalancerIPs", "metallb.universe.tf/loadBalancerIPs"];
const METALLB_KEY = ["metallb.io/allow-shared-ip", "metallb.universe.tf/allow-shared-ip"];
export const CILIUM_IPS = ["lbipam.cilium.io/ips", "io.cilium/lb-ipam-ips"];
const CILIUM_KEY = ["lbipam.cilium.io/sharing-key", "io.cilium/lb-ipam-sharing-key"];
const CILIUM_NAMESPACES = ["lbipam.cilium.io/sharing-cross-namespace", "io.cilium/lb-ipam-sharing-cross-namespace"];
const CILIUM_PODS = [
  "lbipam.cilium.io/sharing-permit-different-pods",
  "io.cilium/lb-ipam-sharing-permit-different-pods",
];
export const KUBE_VIP_IPS = ["kube-vip.io/loadbalancerIPs"];
export const AZURE_IPV4 = ["service.beta.kubernetes.io/azure-load-balancer-ipv4"];
export const AZURE_IPV6 = ["service.beta.kubernetes.io/azure-load-balancer-ipv6"];

const IMPLEMENTATIONS: readonly Implementation[] = [
  // MetalLB v0.16.1, controller/service.go (SharingKey) and internal/allocator (sharingOK, BackendKey).
  {
    signs: [...METALLB_IPS, ...METALLB_KEY],
    mayShare: (one, other) => haveKey(METALLB_KEY, one, other) && metallbBackend(one) === metallbBackend(other),
  },
  // Cilium main at 079d974 (2026), operator/pkg/lbipam/service_store.go (isCompatible).
  {
    signs: [...CILIUM_IPS, ...CILIUM_KEY],
    mayShare: (one, other) =>
      haveKey(CILIUM_KEY, one, other) &&
      (one.namespace === other.namespace || (ciliumAdmits(one, other) && ciliumAdmits(other, one))) &&
      haveCiliumBackends(one, other),
  },
  // Both go by ports alone: kube-vip's documentation (usage/kubernetes-services), cloud-provider-azure's (topics/shared-ip).
  { signs: [...KUBE_VIP_IPS, ...AZURE_IPV4, ...AZURE_IPV6], mayShare: () => true },
];

/** The annotations that decide about sharing an address, besides those that ask for one. */
export const SHARING_ANNOTATIONS: readonly string[] = [
  ...METALLB_KEY,
  ...CILIUM_KEY,
  ...CILIUM_NAMESPACES,
  ...CILIUM_PODS,
];

/**
 * Whether two Services may have one address as far as their annotations show: not with a port in common, whatever serves
 * them. With different ports, it depends on what serves them; if that is not known, or if several may, one that allows it
 * is enough.
 */
export function mayShareAddress(one: ServiceEntry, other: ServiceEntry): boolean {
  if (sharePort(one, other)) return false;
  const meant = IMPLEMENTATIONS.filter(({ signs }) =>
    [one, other].some((service) => annotationOf(service, signs) !== undefined),
  );
  return meant.length === 0 || meant.some(({ mayShare }) => mayShare(one, other));
}

/** Whether both have the same sharing key; an empty one is none. */
function haveKey(names: readonly string[], one: ServiceEntry, other: ServiceEntry): boolean {
  const key = annotationOf(one, names) ?? "";
  return key !== "" && key === annotationOf(other, names);
}

/** What must be equal: with externalTrafficPolicy Local, the Pods; otherwise nothing. */
function metallbBackend(service: ServiceEntry): string {
  return isLocal(service) ? canonicalSelector(service.selector ?? {}) : canonicalSelector({});
}

function ciliumAdmits(service: ServiceEntry, other: ServiceEntry): boolean {
  const admitted = itemsOf(annotationOf(service, CILIUM_NAMESPACES) ?? "");
  return admitted.includes("*") || admitted.includes(other.namespace);
}

function haveCiliumBackends(one: ServiceEntry, other: ServiceEntry): boolean {
  if (isLocal(one) !== isLocal(other)) return false;
  if (!isLocal(one)) return true;
  if (one.selector === undefined || other.selector === undefined) return false;
  const isPermitted = [one, other].every((service) => annotationOf(service, CILIUM_PODS) !== undefined);
  return isPermitted || canonicalSelector(one.selector) === canonicalSelector(other.selector);
}

function isLocal({ externalTrafficPolicy }: ServiceEntry): boolean {
  return externalTrafficPolicy === "Local";
}
