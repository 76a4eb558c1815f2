import { Path } from "../../field/index.ts";
import { formatIP, parseIP, specialUse } from "../../net/index.ts";
import type { ServiceEntry } from "../model/index.ts";
import { annotationNameOf, ANNOTATIONS, itemsOf } from "./annotations.ts";
import { type Claim, MAX_CLAIMS } from "./claim.ts";
import { sharePort } from "./ports.ts";
import { AZURE_IPV4, AZURE_IPV6, CILIUM_IPS, KUBE_VIP_IPS, mayShareAddress, METALLB_IPS } from "./sharing.ts";

/** Which Services may have the same address or load balancer. */
type MayShare = (one: ServiceEntry, other: ServiceEntry) => boolean;

/** An annotation that asks for certain addresses, for addresses that were reserved, or for a load balancer that is there. */
interface Ask {
  /** Names of one annotation, newer before older ones; the first that a Service has counts. */
  readonly annotations: readonly string[];
  /** What is asked for; equal words are compared with each other. */
  readonly kind: string;
  /** The canonical value of an item; undefined if it claims nothing. */
  readonly canonical: (item: string) => string | undefined;
  readonly mayShare: MayShare;
}

const LOAD_BALANCER_IP = Path.of(["spec", "loadBalancerIP"]);
const SERVICE = "service.beta.kubernetes.io/";

/** An address has one load balancer, and a load balancer of these clouds one Service. */
const NEVER: MayShare = () => false;
const BY_PORTS: MayShare = (one, other) => !sharePort(one, other);

/** The address that a text spells. Names are looked up by some, and 0.0.0.0 asks kube-vip for DHCP: both claim nothing. */
function address(item: string): string | undefined {
  const ip = parseIP(item);
  return ip === undefined || specialUse(ip) === "unspecified" ? undefined : formatIP(ip);
}

const asWritten = (item: string): string => item;
/** Azure ignores the case of names. */
const inAnyCase = (item: string): string => item.toLowerCase();

/** The kind of addresses that `loadBalancerIP` asks for, too. */
const ADDRESS = { kind: "load-balancer-ip", canonical: address, mayShare: mayShareAddress } as const;

/** The annotations by the controllers' sources, as `policy/annotations/readers` names them. */
const ASKS: readonly Ask[] = [
  { ...ADDRESS, annotations: METALLB_IPS },
  { ...ADDRESS, annotations: KUBE_VIP_IPS },
  { ...ADDRESS, annotations: CILIUM_IPS },
  { ...ADDRESS, annotations: AZURE_IPV4 },
  { ...ADDRESS, annotations: AZURE_IPV6 },
  // Resources of clouds that several Services can use, if their ports differ.
  {
    annotations: [`${SERVICE}azure-pip-name`],
    kind: "azure-public-ip",
    canonical: inAnyCase,
    mayShare: BY_PORTS,
  },
  {
    annotations: [`${SERVICE}azure-pip-name-ipv6`],
    kind: "azure-public-ip",
    canonical: inAnyCase,
    mayShare: BY_PORTS,
  },
  {
    annotations: ["networking.gke.io/load-balancer-ip-addresses"],
    kind: "google-address",
    canonical: asWritten,
    mayShare: BY_PORTS,
  },
  // The controller writes the ID of the load balancer that it has made, too: other Services are not given that one.
  {
    annotations: ["loadbalancer.openstack.org/load-balancer-id"],
    kind: "openstack-load-balancer",
    canonical: asWritten,
    mayShare: BY_PORTS,
  },
  {
    annotations: [`${SERVICE}alibaba-cloud-loadbalancer-id`, `${SERVICE}alicloud-loadbalancer-id`],
    kind: "alibaba-load-balancer",
    canonical: asWritten,
    mayShare: BY_PORTS,
  },
  // What only one load balancer can have, where each Service has one of its own.
  {
    annotations: [`${SERVICE}aws-load-balancer-eip-allocations`],
    kind: "aws-elastic-ip",
    canonical: asWritten,
    mayShare: NEVER,
  },
  {
    annotations: [`${SERVICE}aws-load-balancer-private-ipv4-addresses`],
    kind: "aws-address",
    canonical: address,
    mayShare: NEVER,
  },
  {
    annotations: [`${SERVICE}aws-load-balancer-ipv6-addresses`],
    kind: "aws-address",
    canonical: address,
    mayShare: NEVER,
  },
  {
    annotations: ["load-balancer.hetzner.cloud/private-ipv4"],
    kind: "hetzner-address",
    canonical: address,
    mayShare: NEVER,
  },
  {
    annotations: ["oci-network-load-balancer.oraclecloud.com/assigned-private-ipv4"],
    kind: "oracle-address",
    canonical: address,
    mayShare: NEVER,
  },
  {
    annotations: ["oci-network-load-balancer.oraclecloud.com/assigned-ipv6"],
    kind: "oracle-address",
    canonical: address,
    mayShare: NEVER,
  },
  {
    annotations: [`${SERVICE}linode-loadbalancer-reserved-ipv4`],
    kind: "linode-address",
    canonical: address,
    mayShare: NEVER,
  },
  {
    annotations: [`${SERVICE}scw-loadbalancer-ip-ids`],
    kind: "scaleway-ip",
    canonical: asWritten,
    mayShare: NEVER,
  },
  {
    annotations: [`${SERVICE}do-loadbalancer-ip`],
    kind: "digitalocean-address",
    canonical: address,
    mayShare: NEVER,
  },
];

/** The annotations by which a load balancer asks for an address. */
export const ADDRESS_ANNOTATIONS: readonly string[] = ASKS.flatMap(({ annotations }) => annotations);

/** The addresses, or what stands for them, that a load balancer asks for; each once, where it is asked for first. */
export function loadBalancerClaims(service: ServiceEntry): readonly Claim[] {
  const { type, loadBalancerIP } = service;
  if (type !== "LoadBalancer") return [];
  const claims = new Map<string, Claim>();
  const add = (kind: string, value: string | undefined, path: Path, found: string): void => {
    const key = `${kind} ${value ?? ""}`;
    if (value !== undefined && !claims.has(key)) claims.set(key, { key, path, found });
  };
  if (loadBalancerIP !== undefined) {
    add(ADDRESS.kind, address(loadBalancerIP), LOAD_BALANCER_IP, loadBalancerIP);
  }
  for (const { annotations, kind, canonical } of ASKS) {
    const name = annotationNameOf(service, annotations);
    if (name === undefined) continue;
    for (const found of itemsOf(service.annotations?.[name] ?? "").slice(0, MAX_CLAIMS)) {
      if (claims.size === MAX_CLAIMS) return [...claims.values()];
      add(kind, canonical(found), ANNOTATIONS.key(name), found);
    }
  }
  return [...claims.values()];
}

const SHARING: ReadonlyMap<string, MayShare> = new Map(ASKS.map(({ kind, mayShare }) => [kind, mayShare]));

/**
 * Whether two load balancers may both have what they claim, or may not be of one implementation: those of different
 * classes are not compared.
 */
export function mayShareClaim({ key }: Claim, one: ServiceEntry, other: ServiceEntry): boolean {
  if (one.loadBalancerClass !== other.loadBalancerClass) return true;
  return SHARING.get(key.slice(0, key.indexOf(" ")))?.(one, other) ?? true;
}
