import type { Setting } from "./setting.ts";

/** Who makes the certificate: nobody but this server and its user, Fairlead's replicas together, or somebody who mounts it. */
const CERTIFICATE_MODES = ["local", "self", "cert-manager", "provided"] as const;
type CertificateMode = (typeof CERTIFICATE_MODES)[number];

/** What is looked up in the cluster rather than told. */
export const DISCOVERABLE = ["version", "serviceCIDRs"] as const;

/** What a server that runs for a cluster is told of it. */
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
    help: `who makes the certificate: local (tls.*, or one made on the spot), self (the replicas, kept in a Secret), cert-manager or provided (mounted as tls.*)`,
    schema: { type: "string", enum: CERTIFICATE_MODES },
    default: "local",
  },
  {
    path: ["certificates", "secret"],
    flag: "certificate-secret",
    value: "NAME",
    help: "Secret of the own namespace that self-made certificates are kept in",
    schema: NAME,
    default: "fairlead-tls",
  },
  {
    path: ["certificates", "hosts"],
    flag: "certificate-host",
    value: "NAME|IP",
    help: "a name that the API server calls (fairlead.NAMESPACE.svc, unless said); may be given more than once",
    schema: NAMES,
    default: [],
  },
  {
    path: ["certificates", "lifeHours"],
    flag: "certificate-life",
    value: "HOURS",
    help: "how long a self-made certificate and its CA are valid",
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
    help: "the part of its life after which a self-made certificate is renewed",
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
    help: "how long a new CA is trusted before its certificate is served: every API server must have heard",
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
    help: "the way to the API server, where it is asked for anything (KUBECONFIG, else the Pod's service account)",
    schema: NAME,
  },
  {
    path: ["kubernetes", "replica"],
    flag: "replica",
    value: "NAME",
    help: "name of this replica among the others (the host's name, unless said)",
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
    path: ["kubernetes", "lease"],
    flag: "lease",
    value: "NAME",
    help: "Lease of the own namespace that the replicas are listed in",
    schema: NAME,
    default: "fairlead",
  },
  {
    path: ["kubernetes", "mutating"],
    flag: "mutating-configuration",
    value: "NAME",
    help: "MutatingWebhookConfiguration that has this server called; may be given more than once",
    schema: NAMES,
    default: ["fairlead"],
  },
  {
    path: ["kubernetes", "validating"],
    flag: "validating-configuration",
    value: "NAME",
    help: "ValidatingWebhookConfiguration that has this server called; may be given more than once",
    schema: NAMES,
    default: ["fairlead"],
  },
  {
    path: ["kubernetes", "heartbeatSeconds"],
    flag: "heartbeat",
    value: "SECONDS",
    help: "from one sign of life of a replica to the next; it counts as gone after ten that are missing",
    schema: { type: "number", minimum: 0.1, maximum: 600 },
    default: 30,
  },
  {
    path: ["kubernetes", "resyncSeconds"],
    flag: "resync",
    value: "SECONDS",
    help: "how often the cluster is looked at though no news came",
    schema: { type: "number", minimum: 1, maximum: 3600 },
    default: 60,
  },
  {
    path: ["cluster", "discover"],
    flag: "discover",
    value: "WHAT",
    help: `what is looked up in the cluster rather than told: ${DISCOVERABLE.join(", ")}; may be given more than once`,
    schema: { type: "array", items: { type: "string", enum: DISCOVERABLE } },
    default: [],
  },
];
