import { beforeAll, describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { annotationFaults } from "#src/policy/annotations/find-faults.ts";
import type { ValueKind } from "#src/policy/annotations/kit/value-kinds.ts";
import { accepts } from "#src/policy/annotations/kit/values.ts";
import { INTERNAL_ANNOTATIONS } from "#src/policy/annotations/internal-load-balancers.ts";
import { READERS } from "#src/policy/annotations/readers/all-readers.ts";
import type { Service } from "#src/service/schema/types.ts";
import { findingsOf, type ShortFinding } from "../../check/findings/findings-of.ts";

interface Row {
  readonly key: string;
  readonly value: string;
  readonly type?: string;
  readonly loadBalancerClass?: string;
  /** Further annotations. */
  readonly beside?: Readonly<Record<string, string>>;
  /** What the message contains; undefined if nothing is found. */
  readonly want: string | undefined;
}

const BETA = "service.beta.kubernetes.io";
const OPENSHIFT = "service.beta.openshift.io";
const LBC = "service.k8s.aws/nlb";

const ROWS: readonly Row[] = [
  // Booleans: each reader has its own spellings.
  { key: `${BETA}/aws-load-balancer-internal`, value: "0.0.0.0/0", want: undefined },
  { key: `${BETA}/aws-load-balancer-internal`, value: "0.0.0.0/0", loadBalancerClass: LBC, want: '"true" or "false"' },
  { key: `${BETA}/aws-load-balancer-internal`, value: "T", loadBalancerClass: LBC, want: undefined },
  { key: `${BETA}/aws-load-balancer-cross-zone-load-balancing-enabled`, value: "yes", want: '"true" or "false"' },
  { key: "loadbalancer.openstack.org/keep-floatingip", value: "True", want: "cloud-provider-openstack" },
  { key: `${BETA}/azure-load-balancer-internal`, value: "True", want: undefined },
  { key: `${BETA}/azure-load-balancer-internal`, value: "1", want: "cloud-provider-azure" },
  { key: "networking.gke.io/internal-load-balancer-allow-global-access", value: "True", want: "GKE" },
  { key: `${BETA}/do-loadbalancer-enable-proxy-protocol`, value: "1", want: undefined },
  { key: `${BETA}/do-loadbalancer-enable-proxy-protocol`, value: "enabled", want: "DigitalOcean" },
  { key: "kube-vip.io/egress", value: "True", want: "kube-vip" },
  // Words.
  { key: `${BETA}/aws-load-balancer-scheme`, value: "internet-facing", want: undefined },
  { key: `${BETA}/aws-load-balancer-scheme`, value: "public", want: '"internal" or "internet-facing"' },
  { key: `${BETA}/aws-load-balancer-type`, value: "classic", want: undefined },
  { key: `${BETA}/aws-load-balancer-type`, value: "alb", want: '"external", "nlb" or "nlb-ip"' },
  { key: `${BETA}/aws-load-balancer-proxy-protocol`, value: "true", want: '"*"' },
  { key: `${BETA}/do-loadbalancer-network`, value: "internal", want: '"EXTERNAL" or "INTERNAL"' },
  { key: "load-balancer.hetzner.cloud/algorithm-type", value: "Round_Robin", want: undefined },
  { key: "load-balancer.hetzner.cloud/algorithm-type", value: "random", want: "Hetzner" },
  { key: "cloud.google.com/network-tier", value: "standard", want: '"Premium" or "Standard"' },
  { key: "networking.gke.io/load-balancer-type", value: "Internel", want: '"Internal"' },
  { key: "networking.gke.io/load-balancer-type", value: "External", want: undefined },
  { key: "oci.oraclecloud.com/loadbalancer-policy", value: "ip_hash", want: "IP_HASH" },
  { key: "service.kubernetes.io/ibm-load-balancer-cloud-provider-ip-type", value: "internal", want: "IBM" },
  { key: `${BETA}/alibaba-cloud-loadbalancer-address-type`, value: "internal", want: "Alibaba" },
  { key: `${BETA}/alicloud-loadbalancer-sticky-session`, value: "true", want: '"on" or "off"' },
  { key: `${BETA}/linode-loadbalancer-default-proxy-protocol`, value: "v3", want: "Linode" },
  { key: "service.cilium.io/lb-algorithm", value: "roundrobin", type: "ClusterIP", want: "Cilium" },
  // Numbers and durations.
  { key: `${BETA}/aws-load-balancer-healthcheck-interval`, value: "10s", want: "a whole number" },
  { key: "load-balancer.hetzner.cloud/health-check-interval", value: "10", want: "a duration" },
  { key: "load-balancer.hetzner.cloud/health-check-interval", value: "1m30s", want: undefined },
  { key: "load-balancer.hetzner.cloud/health-check-port", value: "http", want: "from 1 to 65535" },
  { key: `${BETA}/azure-load-balancer-tcp-idle-timeout`, value: "3", want: "from 4 to 100" },
  { key: `${BETA}/scw-loadbalancer-timeout-client`, value: "10 minutes", want: "a duration" },
  { key: `${BETA}/linode-loadbalancer-throttle`, value: "21", want: "from 0 to 20" },
  { key: "external-dns.alpha.kubernetes.io/ttl", value: "60", type: "ClusterIP", want: undefined },
  { key: "external-dns.kubernetes.io/ttl", value: "1m", type: "ClusterIP", want: undefined },
  { key: "external-dns.kubernetes.io/ttl", value: "1 min", type: "ClusterIP", want: "external-dns" },
  // Lists.
  { key: "metallb.io/loadBalancerIPs", value: "192.0.2.1, 2001:db8::1", want: undefined },
  { key: "metallb.io/loadBalancerIPs", value: "192.0.2.1-192.0.2.9", want: "IP addresses" },
  { key: "metallb.io/loadBalancerIPs", value: "192.0.2.01", want: "IP addresses" },
  { key: "lbipam.cilium.io/ips", value: "192.0.2.0/24", want: "Cilium LB IPAM" },
  { key: `${BETA}/azure-load-balancer-ipv4`, value: "2001:db8::1", want: "IPv4 addresses" },
  { key: `${BETA}/azure-allowed-ip-ranges`, value: "10.0.0.0/8,192.0.2.1", want: "CIDR" },
  { key: `${BETA}/do-loadbalancer-tls-ports`, value: "443,8443", want: undefined },
  { key: `${BETA}/do-loadbalancer-tls-ports`, value: "443, 8443", want: "without blanks" },
  { key: `${BETA}/scw-loadbalancer-proxy-protocol-v2`, value: "*", want: undefined },
  { key: `${BETA}/scw-loadbalancer-proxy-protocol-v2`, value: "80, 443", want: undefined },
  { key: `${BETA}/scw-loadbalancer-proxy-protocol-v2`, value: "http", want: "port numbers" },
  // Pairs and JSON.
  { key: `${BETA}/aws-load-balancer-attributes`, value: "a.b=true,c.d=5", want: undefined },
  { key: `${BETA}/aws-load-balancer-attributes`, value: "a.b=true\nc.d=5\n", want: "separated by commas" },
  { key: `${BETA}/aws-load-balancer-target-group-attributes.8080`, value: "a.b", want: "key=value" },
  { key: `${BETA}/aws-load-balancer-additional-resource-tags`, value: "team", want: undefined },
  {
    key: `${BETA}/aws-load-balancer-additional-resource-tags`,
    value: "team",
    loadBalancerClass: LBC,
    want: "key=value",
  },
  { key: "cloud.google.com/neg", value: '{"ingress": true}', type: "ClusterIP", want: undefined },
  { key: "cloud.google.com/neg", value: "{ingress: true}", type: "ClusterIP", want: "JSON" },
  { key: `${BETA}/linode-loadbalancer-port-443`, value: "https", want: "JSON" },
  // Names.
  {
    key: "metallb.universe.tf/pool-name",
    value: "public",
    want: "MetalLB does not read this annotation, only address-pool",
  },
  { key: "metallb.io/loadbalancerIPs", value: "192.0.2.1", want: "did you mean metallb.io/loadBalancerIPs?" },
  { key: "load-balancer.hetzner.cloud/use-proxyprotocol", value: "true", want: "did you mean" },
  { key: `${BETA}/aws-load-balancer-sheme`, value: "internal", want: `did you mean ${BETA}/aws-load-balancer-scheme?` },
  { key: `${BETA}/aws-loadbalancer-internal`, value: "true", want: `did you mean ${BETA}/aws-load-balancer-internal?` },
  { key: `${BETA}/Azure-Load-Balancer-Internal`, value: "true", want: "did you mean" },
  {
    key: "external-dns.alpha.kubernetes.io/hostnames",
    value: "a.example.com",
    type: "ClusterIP",
    want: "did you mean",
  },
  // The service CA of OpenShift.
  { key: `${OPENSHIFT}/serving-cert-secret-name`, value: "web-tls", type: "ClusterIP", want: undefined },
  { key: `${OPENSHIFT}/serving-cert-secret-name`, value: "Web_TLS", type: "ClusterIP", want: "the name of an object" },
  { key: `${OPENSHIFT}/serving-cert-secret-names`, value: "web-tls", type: "ClusterIP", want: "did you mean" },
  { key: `${OPENSHIFT}/serving-cert-generation-error-num`, value: "ten", type: "ClusterIP", want: "a whole number" },
  { key: `${OPENSHIFT}/inject-cabundle`, value: "true", type: "ClusterIP", want: "of ConfigMaps, APIServices" },
  { key: "service.alpha.openshift.io/serving-cert-secret-name", value: "web-tls", type: "ClusterIP", want: undefined },
  {
    key: "service.alpha.openshift.io/serving-cert-secret-name",
    value: "old-tls",
    beside: { [`${OPENSHIFT}/serving-cert-secret-name`]: "web-tls" },
    type: "ClusterIP",
    want: `reads ${OPENSHIFT}/serving-cert-secret-name, which differs`,
  },
  {
    key: "service.alpha.openshift.io/serving-cert-secret-name",
    value: "web-tls",
    beside: { [`${OPENSHIFT}/serving-cert-secret-name`]: "web-tls" },
    type: "ClusterIP",
    want: undefined,
  },
  { key: "service.alpha.openshift.io/dependencies", value: "[]", type: "ClusterIP", want: undefined },
  // Names that may be new, or somebody else's.
  { key: "load-balancer.hetzner.cloud/new-feature", value: "x", want: undefined },
  { key: `${BETA}/aws-load-balancer-new-feature`, value: "x", want: undefined },
  { key: `${BETA}/ncloud-load-balancer-internal`, value: "yes", want: undefined },
  { key: `${BETA}/exoscale-loadbalancer-name`, value: "x", want: undefined },
  { key: "service.kubernetes.io/topology-mode", value: "auto", want: undefined },
  { key: "service.kubernetes.io/tke-existed-lbid", value: "lb-6swtxxxx", want: undefined },
  { key: "networking.gke.io/managed-certificates", value: "x", want: undefined },
  { key: "external-dns.alpha.kubernetes.io/aws-weight", value: "100", want: undefined },
  { key: "example.com/aws-load-balancer-internal", value: "yes", want: undefined },
  // What nothing reads, or somebody fills in.
  { key: "metallb.io/loadBalancerIPs", value: "none", type: "ClusterIP", want: undefined },
  { key: "metallb.io/loadBalancerIPs", value: "", want: undefined },
  { key: "metallb.io/loadBalancerIPs", value: "${LB_IP}", want: undefined },
  { key: "metallb.io/loadBalancerIPs", value: "<address>", want: undefined },
];

describe("an annotation for a controller", () => {
  let found: readonly ShortFinding[] = [];

  beforeAll(async () => {
    const manifests = ROWS.map(({ key, value, type = "LoadBalancer", loadBalancerClass, beside }, i) => ({
      apiVersion: "v1",
      kind: "Service",
      metadata: { name: `s${i}`, annotations: { ...beside, [key]: value } },
      spec: { type, loadBalancerClass, selector: { app: "web" }, ports: [{ port: 80 }] },
    }));
    found = await findingsOf(manifests);
  });

  it.each(ROWS.map((row, i) => ({ ...row, i })))("$key: $value ($type $loadBalancerClass)", ({ key, want, i }) => {
    const own = found.filter(({ service }) => service === `s${i}`);
    const summary = `warning controller-annotation metadata.annotations[${key}]`;
    expect(own.map((one) => one.summary)).toEqual(want === undefined ? [] : [summary]);
    if (want !== undefined) expect(own[0]?.message).toContain(want);
  });
});

const ENTRIES = READERS.flatMap((reader) =>
  Object.entries(reader.names).flatMap(([name, kind]) =>
    reader.domains.map((domain) => ({ reader, key: `${domain}/${reader.start ?? ""}${name}`, kind })),
  ),
);

function service(annotations: Readonly<Record<string, string>>, loadBalancerClass?: string): Service {
  return {
    metadata: { annotations },
    spec: { type: "LoadBalancer", ...(loadBalancerClass !== undefined && { loadBalancerClass }) },
    status: { loadBalancer: {} },
  };
}

/** A value that each kind accepts. */
function valueOf(kind: ValueKind): string {
  switch (kind.is) {
    case "word":
      return kind.words[0] ?? "";
    case "integer":
      return String(kind.least ?? 1);
    case "list":
      return { ip: "192.0.2.1", ipv4: "192.0.2.1", ipv6: "2001:db8::1", cidr: "10.0.0.0/8", port: "80" }[kind.of];
    default:
      return { text: "x", boolean: "true", duration: "10s", pairs: "a=b", json: "{}", "object-name": "x" }[kind.is];
  }
}

describe("the tables", () => {
  it.each(READERS)("$name: $source", ({ source, domains, names, start = "" }) => {
    // A version, a commit or a year, so that the reader of the table knows how old it is.
    expect(source).toMatch(/v\d+\.\d+|\d{4}/);
    expect(domains.length).toBeGreaterThan(0);
    const unusable = Object.keys(names).filter((name) => !/^[A-Za-z0-9]([\w.-]{0,61}[A-Za-z0-9])?$/.test(start + name));
    expect(unusable).toEqual([]);
  });

  it("accept a right value under each name", () => {
    const refused = ENTRIES.filter(({ key, kind, reader }) => {
      const faults = annotationFaults(service({ [key]: valueOf(kind) }, reader.classes?.[0]));
      return !accepts(kind, valueOf(kind)) || faults.length > 0;
    });
    expect(refused.map(({ key }) => key)).toEqual([]);
  });

  it("know every annotation that makes a load balancer internal, where they have its reader", () => {
    const known = new Set(ENTRIES.map(({ key }) => key));
    const others = INTERNAL_ANNOTATIONS.map(({ key }) => key).filter((key) => !known.has(key));
    expect(others).toEqual(["service.kubernetes.io/qcloud-loadbalancer-internal-subnetid"]);
  });

  it("find nothing in annotations that are in no domain of theirs", () => {
    const domains = new Set(READERS.flatMap((reader) => reader.domains));
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.string()), (annotations) => {
        fc.pre(Object.keys(annotations).every((key) => !domains.has(key.split("/")[0] ?? "")));
        expect(annotationFaults(service(annotations))).toEqual([]);
      }),
    );
  });

  it("find one fault at most in each annotation, in any text", () => {
    const key = fc.constantFrom(...ENTRIES.map((entry) => entry.key));
    fc.assert(
      fc.property(key, fc.string({ unit: "binary" }), fc.constantFrom("", "x", "-"), (name, value, more) => {
        const faults = annotationFaults(service({ [name + more]: value }, LBC));
        expect(faults.length).toBeLessThanOrEqual(1);
      }),
      { numRuns: 2000 },
    );
  });
});
