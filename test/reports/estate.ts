import type { CheckedService, CheckFinding } from "#src/examine/model/types.ts";
import type { Summary } from "#src/reports/model/types.ts";
import type { Region } from "#src/text/document/types.ts";
import { finding, hostileFinding, service } from "./fixtures.ts";

/** A run over four Services: one without findings, one refused, one with a warning, one in a List. */
const WEB = `# The shop's front door.
apiVersion: v1
kind: Service
metadata:
  name: web
  namespace: shop
  labels: { app: web, tier: front }
spec:
  type: LoadBalancer
  selector:
    app: web
  sessionAffinityConfig: # goes, since the affinity is None
    clientIP:
      timeoutSeconds: 60
  externalTrafficPolicy: Local
  ports:
    - name: http
      port: 80
      targetPort: 0120
    - name: https
      port: 443
      targetPort: https
`;

const REFUSED = `apiVersion: v1
kind: Service
metadata:
  name: Checkout
  namespace: shop
spec:
  type: NodePort
  selector:
    app: checkout
  ports:
    - port: 70000
      nodePort: 80
`;

const LEGACY = `apiVersion: v1
kind: Service
metadata:
  name: legacy
  namespace: ops
spec:
  selector:
    app: legacy
  externalIPs:
    - 203.0.113.7
  ports:
    - port: 8080
`;

const LIST = `apiVersion: v1
kind: List
items:
  - apiVersion: v1
    kind: Service
    metadata:
      name: cache
      namespace: shop
    spec:
      clusterIP: None
      selector: { app: cache }
      ports:
        - port: 11211
`;

const STATUS = { loadBalancer: {} };

/** The Services of the estate. */
export const SERVICES: readonly CheckedService[] = [
  service({
    file: "deploy/web.yaml",
    region: regionOf(WEB),
    text: WEB,
    stored: {
      apiVersion: "v1",
      kind: "Service",
      metadata: { name: "web", namespace: "shop", labels: { app: "web", tier: "front" } },
      spec: {
        type: "LoadBalancer",
        selector: { app: "web" },
        externalTrafficPolicy: "Local",
        internalTrafficPolicy: "Cluster",
        sessionAffinity: "None",
        allocateLoadBalancerNodePorts: true,
        clusterIP: "0.0.0.0",
        clusterIPs: ["0.0.0.0"],
        ipFamilies: ["IPv4"],
        ipFamilyPolicy: "SingleStack",
        healthCheckNodePort: 0,
        ports: [
          { name: "http", protocol: "TCP", port: 80, targetPort: 80, nodePort: 0 },
          { name: "https", protocol: "TCP", port: 443, targetPort: "https", nodePort: 0 },
        ],
      },
      status: STATUS,
    },
    allocated: [
      "/spec/clusterIP",
      "/spec/clusterIPs/0",
      "/spec/healthCheckNodePort",
      "/spec/ports/0/nodePort",
      "/spec/ports/1/nodePort",
    ],
  }),
  service({ name: "Checkout", file: "deploy/checkout.yaml", region: regionOf(REFUSED), text: REFUSED }),
  service({
    namespace: "ops",
    name: "legacy",
    file: "deploy/legacy.yaml",
    region: regionOf(LEGACY),
    text: LEGACY,
    stored: {
      apiVersion: "v1",
      kind: "Service",
      metadata: { name: "legacy", namespace: "ops" },
      spec: {
        type: "ClusterIP",
        selector: { app: "legacy" },
        externalIPs: ["203.0.113.7"],
        externalTrafficPolicy: "Cluster",
        internalTrafficPolicy: "Cluster",
        sessionAffinity: "None",
        clusterIP: "0.0.0.0",
        clusterIPs: ["0.0.0.0"],
        ipFamilies: ["IPv4"],
        ipFamilyPolicy: "SingleStack",
        ports: [{ protocol: "TCP", port: 8080, targetPort: 8080 }],
      },
      status: STATUS,
    },
    allocated: ["/spec/clusterIP", "/spec/clusterIPs/0"],
  }),
  service({
    name: "cache",
    file: "charts/list.yaml",
    region: { startLine: 4, startColumn: 5, endLine: 13, endColumn: 22 },
    text: LIST.split("\n").slice(3).join("\n").trimStart().slice(2),
    stored: {
      apiVersion: "v1",
      kind: "Service",
      metadata: { name: "cache", namespace: "shop" },
      spec: {
        type: "ClusterIP",
        clusterIP: "None",
        clusterIPs: ["None"],
        selector: { app: "cache" },
        sessionAffinity: "None",
        internalTrafficPolicy: "Cluster",
        ipFamilies: ["IPv4"],
        ipFamilyPolicy: "SingleStack",
        ports: [{ protocol: "TCP", port: 11211, targetPort: 11211 }],
      },
      status: STATUS,
    },
  }),
];

/** The findings of the estate, the last one hostile. */
export const FINDINGS: readonly CheckFinding[] = [
  finding({
    severity: "warning",
    rule: "octal-number",
    file: "deploy/web.yaml",
    region: { startLine: 19, startColumn: 19, endLine: 19, endColumn: 23 },
    field: "spec.ports[0].targetPort",
    message: "0120 is the octal number 80 in YAML 1.1",
    fix: "write 80, or 120 if that was meant",
    fingerprint: "a1",
    frame: { firstLine: 18, lines: WEB.split("\n").slice(17, 20) },
  }),
  finding({
    rule: "dns-label",
    file: "deploy/checkout.yaml",
    service: { namespace: "shop", name: "Checkout" },
    region: { startLine: 4, startColumn: 9, endLine: 4, endColumn: 17 },
    field: "metadata.name",
    message: 'the name of a Service is a DNS label: a-z, 0-9 and inner hyphens, found "Checkout"',
    fix: "name it checkout",
    fingerprint: "a2",
    frame: { firstLine: 3, lines: REFUSED.split("\n").slice(2, 5) },
  }),
  finding({
    file: "deploy/checkout.yaml",
    service: { namespace: "shop", name: "Checkout" },
    region: { startLine: 11, startColumn: 13, endLine: 11, endColumn: 18 },
    fingerprint: "a3",
    frame: { firstLine: 10, lines: REFUSED.split("\n").slice(9, 12) },
  }),
  finding({
    rule: "node-port-range",
    file: "deploy/checkout.yaml",
    service: { namespace: "shop", name: "Checkout" },
    region: { startLine: 12, startColumn: 17, endLine: 12, endColumn: 19 },
    field: "spec.ports[0].nodePort",
    message: "a node port is from 30000 to 32767 in this cluster, found 80",
    fix: "leave nodePort out, and the server picks one",
    fingerprint: "a4",
    frame: { firstLine: 11, lines: REFUSED.split("\n").slice(10, 12) },
  }),
  finding({
    severity: "warning",
    rule: "policy/external-ips",
    policy: "team-defaults",
    file: "deploy/legacy.yaml",
    service: { namespace: "ops", name: "legacy" },
    region: { startLine: 10, startColumn: 7, endLine: 10, endColumn: 18 },
    field: "spec.externalIPs[0]",
    message: "any tenant can claim any address with externalIPs",
    fix: "use a Service of type LoadBalancer",
    fingerprint: "a5",
    frame: { firstLine: 9, lines: LEGACY.split("\n").slice(8, 11) },
    suppressed: { by: "policy", reason: "until the move, at the latest on 2027-01-31" },
  }),
  finding({
    severity: "note",
    rule: "policy/single-stack-by-omission",
    policy: "team-defaults",
    file: "charts/list.yaml",
    service: { namespace: "shop", name: "cache" },
    region: { startLine: 10, startColumn: 7, endLine: 10, endColumn: 22 },
    field: "spec.ipFamilyPolicy",
    message: "nothing said means one address family, for ever the cluster's primary one",
    fix: "say ipFamilyPolicy: PreferDualStack",
    fingerprint: "a6",
    frame: { firstLine: 9, lines: LIST.split("\n").slice(8, 11) },
  }),
  hostileFinding(),
];

/** The summary of the run over the estate. */
export const ESTATE_SUMMARY: Summary = {
  files: 4,
  services: 4,
  otherKinds: 7,
  errors: 3,
  warnings: 1,
  notes: 1,
  suppressed: 2,
  unusable: 0,
};

function regionOf(text: string): Region {
  return { startLine: 1, startColumn: 1, endLine: text.split("\n").length, endColumn: 1 };
}
