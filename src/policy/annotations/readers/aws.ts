import {
  type AnnotationReader,
  GO_BOOLEAN,
  INTEGER,
  list,
  PAIRS,
  PAIRS_OR_KEYS,
  TEXT,
  type ValueKind,
  word,
  wordInAnyCase,
} from "../kit/index.ts";

const HEALTH_CHECK: Readonly<Record<string, ValueKind>> = {
  "healthcheck-healthy-threshold": INTEGER,
  "healthcheck-interval": INTEGER,
  "healthcheck-path": TEXT,
  "healthcheck-port": TEXT,
  "healthcheck-protocol": wordInAnyCase("tcp", "http", "https"),
  "healthcheck-success-codes": TEXT,
  "healthcheck-timeout": INTEGER,
  "healthcheck-unhealthy-threshold": INTEGER,
};

/**
 * The annotations of both controllers for AWS; which of them reads a Service depends on its class, its type annotation
 * and the cluster. A kind is given only where both expect the same, or one of them does not read the annotation.
 */
export const AWS: AnnotationReader = {
  name: "the load balancer controller of AWS",
  source:
    "aws-load-balancer-controller v3.5.0, pkg/annotations/constants.go, pkg/service and docs/guide/service/annotations.md; " +
    "cloud-provider-aws v1.36.1, pkg/providers/v1/aws.go (the in-tree provider had the same)",
  domains: ["service.beta.kubernetes.io"],
  start: "aws-load-balancer-",
  names: {
    ...HEALTH_CHECK,
    "access-log-emit-interval": INTEGER,
    "access-log-enabled": GO_BOOLEAN,
    "access-log-s3-bucket-name": TEXT,
    "access-log-s3-bucket-prefix": TEXT,
    "additional-resource-tags": PAIRS_OR_KEYS,
    "alpn-policy": word("HTTP1Only", "HTTP2Only", "HTTP2Optional", "HTTP2Preferred", "None"),
    attributes: PAIRS,
    "backend-protocol": word("http", "https", "ssl", "tcp"),
    "connection-draining-enabled": GO_BOOLEAN,
    "connection-draining-timeout": INTEGER,
    "connection-idle-timeout": INTEGER,
    "cross-zone-load-balancing-enabled": GO_BOOLEAN,
    "disable-nlb-sg": GO_BOOLEAN,
    "eip-allocations": TEXT,
    "enable-icmp-for-path-mtu-discovery": word("on", "off"),
    "enable-prefix-for-ipv6-source-nat": word("on", "off"),
    "enable-tcp-udp-listener": GO_BOOLEAN,
    "extra-security-groups": TEXT,
    "inbound-sg-rules-on-private-link-traffic": word("on", "off"),
    // cloud-provider-aws takes any text but "false" for a yes: 0.0.0.0/0 was in its first examples.
    internal: TEXT,
    "ip-address-type": word("ipv4", "dualstack"),
    "ipv6-addresses": list("ipv6"),
    "listener-attributes": PAIRS,
    "manage-backend-security-group-rules": GO_BOOLEAN,
    "minimum-load-balancer-capacity": PAIRS,
    "multi-cluster-target-group": GO_BOOLEAN,
    name: TEXT,
    "nlb-target-type": word("instance", "ip"),
    "private-ipv4-addresses": list("ipv4"),
    "proxy-protocol": word("*"),
    "proxy-protocol-per-target-group": list("port"),
    "quic-enabled-ports": TEXT,
    scheme: word("internal", "internet-facing"),
    "security-group-prefix-lists": TEXT,
    "security-groups": TEXT,
    "source-nat-ipv6-prefixes": TEXT,
    "ssl-cert": TEXT,
    "ssl-negotiation-policy": TEXT,
    "ssl-ports": TEXT,
    subnets: TEXT,
    "target-group-attributes": PAIRS,
    "target-node-labels": PAIRS_OR_KEYS,
    // Any other text means a Classic Load Balancer to cloud-provider-aws, and these say that it is meant.
    type: { is: "word", words: ["external", "nlb", "nlb-ip"], others: ["classic", "clb", "elb"] },
  },
  patterns: {
    "aws-load-balancer-listener-attributes.*": PAIRS,
    "aws-load-balancer-target-group-attributes.*": PAIRS,
  },
};

/** What the AWS Load Balancer Controller refuses, and cloud-provider-aws accepts: certain if the class is its own. */
export const AWS_LOAD_BALANCER_CONTROLLER: AnnotationReader = {
  name: "the AWS Load Balancer Controller",
  source:
    "aws-load-balancer-controller v3.5.0, pkg/service/model_build_load_balancer.go and model_build_target_group.go",
  domains: ["service.beta.kubernetes.io"],
  start: "aws-load-balancer-",
  classes: ["service.k8s.aws/nlb"],
  names: {
    "additional-resource-tags": PAIRS,
    internal: GO_BOOLEAN,
    "target-node-labels": PAIRS,
  },
};
