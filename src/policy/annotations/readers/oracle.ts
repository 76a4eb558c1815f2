import {
  type AnnotationReader,
  ANY_CASE_BOOLEAN,
  GO_BOOLEAN,
  INTEGER,
  JSON_TEXT,
  list,
  TEXT,
  word,
  wordInAnyCase,
} from "../kit/index.ts";

const NAME = "the cloud controller manager of Oracle";
const SOURCE =
  "oci-cloud-controller-manager v1.35.0, docs/load-balancer-annotations.md and " +
  "pkg/cloudprovider/providers/oci/load_balancer_spec.go";

export const ORACLE: AnnotationReader = {
  name: NAME,
  source: SOURCE,
  domains: ["service.beta.kubernetes.io"],
  start: "oci-load-balancer-",
  names: {
    "backend-protocol": wordInAnyCase("HTTP", "TCP", "GRPC"),
    "connection-idle-timeout": INTEGER,
    "connection-proxy-protocol-version": INTEGER,
    "health-check-interval": INTEGER,
    "health-check-retries": INTEGER,
    "health-check-timeout": INTEGER,
    internal: GO_BOOLEAN,
    "security-list-management-mode": word("All", "Frontend", "None"),
    shape: TEXT,
    "shape-flex-max": TEXT,
    "shape-flex-min": TEXT,
    "ssl-ports": list("port"),
    subnet1: TEXT,
    subnet2: TEXT,
    "tls-backendset-secret": TEXT,
    "tls-secret": TEXT,
  },
};

export const ORACLE_OCI: AnnotationReader = {
  name: NAME,
  source: SOURCE,
  domains: ["oci.oraclecloud.com"],
  names: {
    "ingress-ip-mode": wordInAnyCase("proxy", "VIP"),
    "initial-defined-tags-override": JSON_TEXT,
    "initial-freeform-tags-override": JSON_TEXT,
    "load-balancer-type": wordInAnyCase("lb", "nlb"),
    "loadbalancer-policy": word("ROUND_ROBIN", "LEAST_CONNECTIONS", "IP_HASH"),
    "node-label-selector": TEXT,
    "oci-backend-network-security-group": TEXT,
    "oci-load-balancer-backendset-ssl-config": TEXT,
    "oci-load-balancer-listener-ssl-config": TEXT,
    "oci-load-balancer-rule-sets": JSON_TEXT,
    "oci-network-security-groups": TEXT,
    "security-rule-management-mode": wordInAnyCase("SL-All", "SL-Frontend", "NSG", "None"),
    "workload-service-account": TEXT,
  },
};

export const ORACLE_NETWORK_LOAD_BALANCER: AnnotationReader = {
  name: NAME,
  source: SOURCE,
  domains: ["oci-network-load-balancer.oraclecloud.com"],
  names: {
    "assigned-ipv6": list("ipv6"),
    "assigned-private-ipv4": list("ipv4"),
    "backend-policy": word("TWO_TUPLE", "THREE_TUPLE", "FIVE_TUPLE"),
    "defined-tags": TEXT,
    "external-ip-only": GO_BOOLEAN,
    "freeform-tags": TEXT,
    "health-check-interval": INTEGER,
    "health-check-retries": INTEGER,
    "health-check-timeout": INTEGER,
    "initial-defined-tags-override": JSON_TEXT,
    "initial-freeform-tags-override": JSON_TEXT,
    internal: GO_BOOLEAN,
    "is-ppv2-enabled": ANY_CASE_BOOLEAN,
    "is-preserve-source": GO_BOOLEAN,
    "node-label-selector": TEXT,
    "oci-network-security-groups": TEXT,
    "security-list-management-mode": word("All", "Frontend", "None"),
    subnet: TEXT,
  },
};
