import { type AnnotationReader, GO_BOOLEAN, list, PORT, TEXT, type ValueKind, word } from "../kit/index.ts";

/** Its ports are read without taking blanks away: "80, 443" is refused. */
const PORTS: ValueKind = { is: "list", of: "port", withoutBlanks: true };

const SOURCE =
  "digitalocean-cloud-controller-manager v0.1.68, docs/controllers/services/annotations.md, " +
  "cloud-controller-manager/do/lb_annotations.go and loadbalancers.go";

export const DIGITALOCEAN: AnnotationReader = {
  name: "the cloud controller manager of DigitalOcean",
  source: SOURCE,
  domains: ["service.beta.kubernetes.io"],
  start: "do-loadbalancer-",
  names: {
    algorithm: TEXT,
    "allow-rules": TEXT,
    "certificate-id": TEXT,
    "certificate-name": TEXT,
    "deny-rules": TEXT,
    "disable-lets-encrypt-dns-records": GO_BOOLEAN,
    "enable-backend-keepalive": GO_BOOLEAN,
    "enable-proxy-protocol": GO_BOOLEAN,
    "healthcheck-check-interval-seconds": { is: "integer", least: 3, most: 300 },
    "healthcheck-healthy-threshold": { is: "integer", least: 2, most: 10 },
    "healthcheck-path": TEXT,
    "healthcheck-port": PORT,
    "healthcheck-protocol": word("tcp", "http", "https"),
    "healthcheck-response-timeout-seconds": { is: "integer", least: 3, most: 300 },
    "healthcheck-unhealthy-threshold": { is: "integer", least: 2, most: 10 },
    hostname: TEXT,
    "http-idle-timeout-seconds": { is: "integer", least: 0 },
    "http-ports": PORTS,
    "http2-ports": PORTS,
    "http3-port": PORT,
    ip: list("ip"),
    name: TEXT,
    network: word("EXTERNAL", "INTERNAL"),
    "network-stack": word("IPV4", "DUALSTACK"),
    // Set to anything, it has its effect.
    "override-health-check": TEXT,
    protocol: word("tcp", "http", "https", "http2", "http3"),
    "redirect-http-to-https": GO_BOOLEAN,
    // Of versions before the one read.
    "revert-to-old-health-check": TEXT,
    "size-slug": word("lb-small", "lb-medium", "lb-large"),
    "size-unit": { is: "integer", least: 0 },
    "sticky-sessions-cookie-name": TEXT,
    "sticky-sessions-cookie-ttl": { is: "integer", least: 0 },
    "sticky-sessions-type": word("none", "cookies"),
    "subnet-uuid": TEXT,
    "tls-passthrough": GO_BOOLEAN,
    "tls-ports": PORTS,
    type: word("REGIONAL", "REGIONAL_NETWORK"),
  },
};

export const DIGITALOCEAN_DISOWN: AnnotationReader = {
  name: "the cloud controller manager of DigitalOcean",
  source: SOURCE,
  domains: ["service.kubernetes.io"],
  start: "do-loadbalancer-",
  names: { disown: GO_BOOLEAN },
};
