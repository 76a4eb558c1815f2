import type { ObjectType } from "../../read/index.ts";
import { inApiService, inDefinition, inWebhooks } from "./called-by-server.ts";
import type { Finder } from "./found.ts";
import { inRoute } from "./gateway.ts";
import { inIngress } from "./ingress.ts";
import { inDestinationRule, inVirtualService } from "./istio.ts";
import { inOpenShiftRoute } from "./openshift-route.ts";
import { inServiceExport } from "./service-export.ts";
import { inServiceMonitor } from "./service-monitor.ts";
import { inStatefulSet } from "./stateful-set.ts";
import { inIngressRoute, inMiddleware, inTraefikService } from "./traefik.ts";

/** Kinds of a group whose objects name Services in the same way. */
interface Referrer {
  readonly groups: readonly string[];
  readonly kinds: readonly string[];
  readonly find: Finder;
  /** Whether the objects are in no namespace. */
  readonly isClusterScoped?: true;
}

const ADMISSION = ["ValidatingWebhookConfiguration", "MutatingWebhookConfiguration"];
const ROUTES = ["HTTPRoute", "GRPCRoute", "TCPRoute", "TLSRoute", "UDPRoute"];
const TRAEFIK = ["traefik.io", "traefik.containo.us"];

/** What names Services. The version does not matter: the finders know the fields of each. */
const REFERRERS: readonly Referrer[] = [
  { groups: ["networking.k8s.io", "extensions"], kinds: ["Ingress"], find: inIngress },
  { groups: ["apps"], kinds: ["StatefulSet"], find: inStatefulSet },
  { groups: ["apiregistration.k8s.io"], kinds: ["APIService"], find: inApiService, isClusterScoped: true },
  { groups: ["admissionregistration.k8s.io"], kinds: ADMISSION, find: inWebhooks, isClusterScoped: true },
  {
    groups: ["apiextensions.k8s.io"],
    kinds: ["CustomResourceDefinition"],
    find: inDefinition,
    isClusterScoped: true,
  },
  { groups: ["gateway.networking.k8s.io"], kinds: ROUTES, find: inRoute },
  { groups: ["multicluster.x-k8s.io"], kinds: ["ServiceExport"], find: inServiceExport },
  { groups: ["monitoring.coreos.com"], kinds: ["ServiceMonitor"], find: inServiceMonitor },
  { groups: ["route.openshift.io"], kinds: ["Route"], find: inOpenShiftRoute },
  { groups: TRAEFIK, kinds: ["IngressRoute", "IngressRouteTCP", "IngressRouteUDP"], find: inIngressRoute },
  { groups: TRAEFIK, kinds: ["TraefikService"], find: inTraefikService },
  { groups: TRAEFIK, kinds: ["Middleware"], find: inMiddleware },
  { groups: ["networking.istio.io"], kinds: ["VirtualService"], find: inVirtualService },
  { groups: ["networking.istio.io"], kinds: ["DestinationRule"], find: inDestinationRule },
];

const byKind = new Map(
  REFERRERS.flatMap((referrer) =>
    referrer.groups.flatMap((group) => referrer.kinds.map((kind) => [`${group}/${kind}`, referrer] as const)),
  ),
);

/** The kinds whose objects name Services: `group/kind`. */
export const REFERRING_KINDS: readonly string[] = [...byKind.keys()];

/** How objects of this kind name Services; undefined if they do not. */
export function referrerOf({ group, kind }: ObjectType): Referrer | undefined {
  return byKind.get(`${group}/${kind}`);
}
