import {
  type AnnotationReader,
  ANY_CASE_BOOLEAN,
  DURATION,
  EXACT_BOOLEAN,
  GO_BOOLEAN,
  list,
  TEXT,
} from "../kit/index.ts";

export const METALLB: AnnotationReader = {
  name: "MetalLB",
  source:
    "MetalLB v0.16.1, controller/service.go and website/content/usage; the older domain is deprecated and still read",
  domains: ["metallb.io", "metallb.universe.tf"],
  isComplete: true,
  names: {
    "address-pool": TEXT,
    "allow-shared-ip": TEXT,
    "ip-allocated-from-pool": TEXT,
    loadBalancerIPs: list("ip"),
  },
};

export const KUBE_VIP: AnnotationReader = {
  name: "kube-vip",
  source: "kube-vip v1.2.3, pkg/kubevip/annotations.go, pkg/services, pkg/egress and pkg/instance",
  domains: ["kube-vip.io"],
  names: {
    "active-endpoint": TEXT,
    "active-endpoint-ipv6": TEXT,
    "allow-reconcile-without-endpoints": ANY_CASE_BOOLEAN,
    ddns: GO_BOOLEAN,
    "dhcp-broadcast": EXACT_BOOLEAN,
    egress: EXACT_BOOLEAN,
    "egress-allowed-networks": TEXT,
    "egress-denied-networks": TEXT,
    "egress-destination-ports": TEXT,
    "egress-detect-api-server": TEXT,
    // Set to anything, it has its effect.
    "egress-internal": TEXT,
    "egress-ipv6": EXACT_BOOLEAN,
    "egress-nftables-table": TEXT,
    "egress-no-internal-traffic": TEXT,
    "egress-source-ports": TEXT,
    "flush-conntrack": EXACT_BOOLEAN,
    forcePerServiceElection: EXACT_BOOLEAN,
    forwardUPNP: EXACT_BOOLEAN,
    hwaddr: TEXT,
    ignore: EXACT_BOOLEAN,
    "ignore-service-security": EXACT_BOOLEAN,
    leaseName: TEXT,
    loadbalancerHostname: TEXT,
    // Names are looked up.
    loadbalancerIPs: TEXT,
    macvlanName: TEXT,
    requestedIP: TEXT,
    rp_filter: { is: "integer", least: 0, most: 2 },
    serviceInterface: TEXT,
    serviceVLAN: TEXT,
    "upnp-lease-duration": DURATION,
    vipHost: TEXT,
  },
};
