import type { Setting } from "./setting.ts";

/** Where the serving certificate comes from: this server, all replicas together, or a mounted Secret. */
const CERTIFICATE_MODES = ["local", "self", "cert-manager", "provided"] as const;
type CertificateMode = (typeof CERTIFICATE_MODES)[number];

/** Facts that can be discovered in the cluster instead of being configured. */
export const DISCOVERABLE = ["version", "serviceCIDRs"] as const;

/** The part of the configuration that concerns the cluster. */
export interface KubernetesConfig {
  readonly certificates: {
    readonly mode: CertificateMode;
    readonly secret: string;
    readonly hosts: readonly string[];
    readonly lifeHours: number;
    readonly renewAt: number;
    readonly settleSeconds: number;
  };
  readonly kubernetes: {
    readonly kubeconfig?: string;
    readonly replica?: string;
    readonly policies: "ignore" | "watch";
    readonly inventory: "ignore" | "watch";
    readonly calls: "all" | "asked-for";
    readonly lease: string;
    readonly mutating: readonly string[];
    readonly validating: readonly string[];
    readonly heartbeatSeconds: number;
    readonly resyncSeconds: number;
  };
}

const NAME = { type: "string", minLength: 1 } as const;
const NAMES = { type: "array", items: { type: "string", minLength: 1 } } as const;

export const KUBERNETES_SETTINGS: readonly Setting[] = [
  {
    path: ["certificates", "mode"],
    flag: "certificates",
    value: "MODE",
    help: `where the serving certificate comes from: local (tls.*, else self-signed), self (issued by the replicas, kept in a Secret), cert-manager or provided (mounted as tls.*)`,
    schema: { type: "string", enum: CERTIFICATE_MODES },
    default: "local",
  },
  {
    path: ["certificates", "secret"],
    flag: "certificate-secret",
    value: "NAME",
    help: "Secret in Fairlead's own namespace that holds the certificates issued by the replicas",
    schema: NAME,
    default: "fairlead-tls",
  },
  {
    path: ["certificates", "hosts"],
    flag: "certificate-host",
    value: "NAME|IP",
    help: "a name that the API server calls (default: fairlead.NAMESPACE.svc); may be given more than once",
    schema: NAMES,
    default: [],
  },
  {
    path: ["certificates", "lifeHours"],
    flag: "certificate-life",
    value: "HOURS",
    help: "how long a certificate issued by the replicas and its CA are valid",
    schema: { type: "number", minimum: 0.01, maximum: 87_600 },
    default: 8760,
    chart: {
      key: ["certificates", "lifeHours"],
      description: "How many hours a certificate is valid that Fairlead or cert-manager makes.",
      schema: { type: "integer", minimum: 1, maximum: 87_600 },
      onlyInMode: "self",
    },
  },
  {
    path: ["certificates", "renewAt"],
    flag: "certificate-renew-at",
    value: "PART",
    help: "fraction of its lifetime after which such a certificate is renewed",
    schema: { type: "number", minimum: 0.3, maximum: 0.9 },
    default: 0.6667,
    chart: {
      key: ["certificates", "renewAt"],
      description: "The part of its life, 0.3 to 0.9, after which such a certificate is renewed.",
      onlyInMode: "self",
    },
  },
  {
    path: ["certificates", "settleSeconds"],
    flag: "certificate-settle",
    value: "SECONDS",
    help: "how long a new CA is trusted before its certificate is served, so that every API server knows it",
    schema: { type: "number", minimum: 0, maximum: 3600 },
    default: 10,
    chart: {
      key: ["certificates", "settleSeconds"],
      description:
        "Seconds between the trust in a new authority of Fairlead's and the first use of its certificate: every API server must have heard.",
      schema: { type: "integer", minimum: 0, maximum: 3600 },
      onlyInMode: "self",
    },
  },
  {
    path: ["kubernetes", "kubeconfig"],
    flag: "kubeconfig",
    value: "FILE",
    help: "kubeconfig for the API server (default: KUBECONFIG, else the Pod's service account)",
    schema: NAME,
  },
  {
    path: ["kubernetes", "replica"],
    flag: "replica",
    value: "NAME",
    help: "name of this replica (default: the host name)",
    // It becomes a part of an annotation's name.
    schema: { type: "string", pattern: "^[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$" },
  },
  {
    path: ["kubernetes", "policies"],
    flag: "cluster-policies",
    value: "WHAT",
    help: "ServicePolicy objects of the cluster: ignore or watch",
    schema: { type: "string", enum: ["ignore", "watch"] },
    default: "ignore",
  },
  {
    path: ["kubernetes", "inventory"],
    flag: "inventory",
    value: "WHAT",
    help: "what is around the Services of the cluster, for rules that look at several objects: ignore or watch (only what the policies in force need)",
    schema: { type: "string", enum: ["ignore", "watch"] },
    default: "ignore",
  },
  {
    path: ["kubernetes", "calls"],
    flag: "calls",
    value: "WHICH",
    help: "which writes of Services the API server is to send: all, as the webhook configurations say, or asked-for: the replicas add a match condition to them that spares what no policy and no hint asks for (Kubernetes 1.28)",
    schema: { type: "string", enum: ["all", "asked-for"] },
    default: "all",
  },
  {
    path: ["kubernetes", "lease"],
    flag: "lease",
    value: "NAME",
    help: "Lease in Fairlead's own namespace that lists the replicas",
    schema: NAME,
    default: "fairlead",
  },
  {
    path: ["kubernetes", "mutating"],
    flag: "mutating-configuration",
    value: "NAME",
    help: "MutatingWebhookConfiguration that points to this server; may be given more than once",
    schema: NAMES,
    default: ["fairlead"],
  },
  {
    path: ["kubernetes", "validating"],
    flag: "validating-configuration",
    value: "NAME",
    help: "ValidatingWebhookConfiguration that points to this server; may be given more than once",
    schema: NAMES,
    default: ["fairlead"],
  },
  {
    path: ["kubernetes", "heartbeatSeconds"],
    flag: "heartbeat",
    value: "SECONDS",
    help: "interval between the heartbeats of a replica; after ten missed ones it counts as gone",
    schema: { type: "number", minimum: 0.1, maximum: 600 },
    default: 30,
  },
  {
    path: ["kubernetes", "resyncSeconds"],
    flag: "resync",
    value: "SECONDS",
    help: "how often the cluster is read again without a watch event",
    schema: { type: "number", minimum: 1, maximum: 3600 },
    default: 60,
  },
  {
    path: ["cluster", "discover"],
    flag: "discover",
    value: "WHAT",
    help: `what is discovered in the cluster rather than configured: ${DISCOVERABLE.join(", ")}; may be given more than once`,
    schema: { type: "array", items: { type: "string", enum: DISCOVERABLE } },
    default: [],
  },
];
