import { type AnnotationReader, EXACT_BOOLEAN, INTEGER, PAIRS_OR_KEYS, TEXT, word } from "../kit/index.ts";

const SOURCE =
  "cloud-provider-openstack v1.36.0, pkg/openstack/loadbalancer.go and " +
  "docs/openstack-cloud-controller-manager/expose-applications-using-loadbalancer-type-service.md";

export const OPENSTACK: AnnotationReader = {
  name: "cloud-provider-openstack",
  source: SOURCE,
  domains: ["loadbalancer.openstack.org"],
  names: {
    "availability-zone": TEXT,
    class: TEXT,
    "connection-limit": INTEGER,
    "default-tls-container-ref": TEXT,
    "enable-health-monitor": EXACT_BOOLEAN,
    "flavor-id": TEXT,
    "floating-network-id": TEXT,
    "floating-subnet": TEXT,
    "floating-subnet-id": TEXT,
    "floating-subnet-tags": TEXT,
    "health-monitor-delay": INTEGER,
    "health-monitor-max-retries": INTEGER,
    "health-monitor-max-retries-down": INTEGER,
    "health-monitor-timeout": INTEGER,
    hostname: TEXT,
    "keep-floatingip": EXACT_BOOLEAN,
    "lb-method": TEXT,
    "load-balancer-address": TEXT,
    "load-balancer-id": TEXT,
    "member-subnet-id": TEXT,
    "network-id": TEXT,
    "node-selector": PAIRS_OR_KEYS,
    "port-id": TEXT,
    "proxy-protocol": word("true", "v1", "v2", "false"),
    "subnet-id": TEXT,
    "timeout-client-data": INTEGER,
    "timeout-member-connect": INTEGER,
    "timeout-member-data": INTEGER,
    "timeout-tcp-inspect": INTEGER,
    "x-forwarded-for": EXACT_BOOLEAN,
  },
};

export const OPENSTACK_INTERNAL: AnnotationReader = {
  name: "cloud-provider-openstack",
  source: SOURCE,
  domains: ["service.beta.kubernetes.io"],
  start: "openstack-",
  names: { "internal-load-balancer": EXACT_BOOLEAN },
};
