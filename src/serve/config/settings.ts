import type { ServerConfig } from "../../webhook/index.ts";
import { LOG_LEVELS, type LogLevel, UNCHANGED_LOGGING, type UnchangedLogging } from "../../webhook/logging/index.ts";
import { AUDIT_SETTINGS, type AuditConfig } from "./audit-settings.ts";
import { CLUSTER_SETTINGS, type ClusterConfig } from "./cluster-settings.ts";
import { KUBERNETES_SETTINGS, type KubernetesConfig } from "./kubernetes-settings.ts";
import { LIMIT_SETTINGS } from "./limit-settings.ts";
import type { Setting } from "./setting.ts";

/** The configuration of `serve`. {@link SETTINGS} lists where each value may be set and which values are valid. */
export interface Config extends ServerConfig, KubernetesConfig, AuditConfig {
  readonly tls: {
    readonly certificate?: string;
    readonly key?: string;
    readonly caFile?: string;
    readonly clientCA?: string;
  };
  readonly log: { readonly level: LogLevel; readonly unchanged: UnchangedLogging };
  readonly policies: readonly string[];
  readonly cluster: ClusterConfig;
}

const PORT = { type: "integer", minimum: 0, maximum: 65535 } as const;
const FILE = { type: "string", minLength: 1 } as const;

/** Every setting of `serve`, in the order of its help. */
export const SETTINGS: readonly Setting[] = [
  {
    path: ["host"],
    flag: "host",
    value: "ADDRESS",
    help: "listen on this address only (default: all)",
    schema: { type: "string", minLength: 1 },
  },
  {
    path: ["port"],
    flag: "port",
    value: "PORT",
    help: "port of the webhook; 0 chooses a free one",
    schema: PORT,
    default: 8443,
  },
  {
    path: ["healthPort"],
    flag: "health-port",
    value: "PORT",
    help: "plain-HTTP port of /healthz, /readyz and /metrics; 0 chooses a free one",
    schema: PORT,
    default: 8080,
  },
  {
    path: ["tls", "certificate"],
    flag: "tls-cert",
    value: "FILE",
    help: "certificate and chain in PEM; reloaded when it changes",
    schema: FILE,
  },
  { path: ["tls", "key"], flag: "tls-key", value: "FILE", help: "private key of the certificate in PEM", schema: FILE },
  {
    path: ["tls", "caFile"],
    flag: "ca-file",
    value: "FILE",
    help: "file to write the CA of the self-signed certificate to",
    schema: FILE,
  },
  {
    path: ["tls", "clientCA"],
    flag: "client-ca",
    value: "FILE",
    help: "answer only clients with a certificate of this CA, in PEM; read at start",
    schema: FILE,
  },
  {
    path: ["log", "level"],
    flag: "log-level",
    value: "LEVEL",
    help: `lowest level of the log lines to write: ${LOG_LEVELS.join(", ")}`,
    schema: { type: "string", enum: LOG_LEVELS },
    default: "info",
    chart: {
      key: ["config", "logLevel"],
      description: "The lowest level of log lines to write: trace, debug, info, warn, error, fatal or silent.",
    },
  },
  {
    path: ["log", "unchanged"],
    flag: "log-unchanged",
    value: "HOW",
    help: "log lines for reviews that change nothing and tell nobody anything: counted (their number, once a minute) or all",
    schema: { type: "string", enum: UNCHANGED_LOGGING },
    default: "counted",
    chart: {
      key: ["config", "logUnchanged"],
      description:
        "How reviews that change nothing and tell nobody anything are logged: `counted` (their number, once a minute) or `all` (a line for each).",
    },
  },
  {
    path: ["validity"],
    flag: "validity",
    value: "ACTION",
    help: "what /validate does with an object that breaks the API server's own rules: deny or warn",
    schema: { type: "string", enum: ["deny", "warn"] },
    default: "deny",
    chart: {
      key: ["config", "validity"],
      description:
        "What Fairlead does with a Service that breaks the API server's own rules: `warn` or `deny`. The server refuses it anyway, so `warn` is enough.",
      default: "warn",
    },
  },
  {
    path: ["defaults", "ipFamilyPolicy"],
    flag: "ip-family-policy",
    value: "POLICY",
    help: "spec.ipFamilyPolicy of a new Service that does not set it; server: what the API server would choose",
    schema: { type: "string", enum: ["server", "SingleStack", "PreferDualStack", "RequireDualStack"] },
    default: "server",
    chart: {
      key: ["config", "ipFamilyPolicy"],
      description:
        "The `spec.ipFamilyPolicy` of a new Service that does not set it: `server` (what the API server would choose), `SingleStack`, `PreferDualStack` or `RequireDualStack`.",
    },
  },
  {
    path: ["policies"],
    flag: "policy",
    value: "FILE|DIR",
    help: "policies to apply; may be given more than once",
    schema: { type: "array", items: { type: "string", minLength: 1 } },
    default: [],
  },
  ...CLUSTER_SETTINGS,
  ...AUDIT_SETTINGS,
  {
    path: ["exempt", "ownNamespace"],
    flag: "own-namespace",
    value: "NAME",
    help: "namespace that Fairlead runs in; its Services are exempt",
    schema: { type: "string", minLength: 1 },
    default: "fairlead",
  },
  {
    path: ["exempt", "namespaces"],
    flag: "exempt-namespace",
    value: "NAME",
    help: "another namespace whose Services are exempt; may be given more than once",
    schema: { type: "array", items: { type: "string", minLength: 1 } },
    default: ["kube-system"],
    chart: {
      key: ["webhook", "excludedNamespaces"],
      description: "Namespaces that are exempt; the release's own is always added.",
      default: ["kube-system", "kube-node-lease"],
      schema: { type: "array", items: { $ref: "#/definitions/namespace" } },
    },
  },
  {
    path: ["exempt", "services"],
    flag: "exempt-service",
    value: "NAMESPACE/NAME",
    help: "a Service that is exempt; may be given more than once",
    schema: { type: "array", items: { type: "string", pattern: "^[^/]+/[^/]+$" } },
    // The API server writes this one itself, and cannot start without it.
    default: ["default/kubernetes"],
    chart: {
      key: ["config", "exemptServices"],
      description: "Services that are exempt, as `namespace/name`.",
    },
  },
  {
    path: ["shutdown", "drainSeconds"],
    flag: "drain",
    value: "SECONDS",
    help: "how long to keep serving after SIGTERM, while no longer ready",
    schema: { type: "number", minimum: 0, maximum: 600 },
    default: 1,
    chart: {
      key: ["shutdown", "drainSeconds"],
      description: "How long it keeps serving after SIGTERM, in seconds, while no longer ready.",
      schema: { type: "integer", minimum: 0, maximum: 300 },
    },
  },
  {
    path: ["shutdown", "graceSeconds"],
    flag: "grace",
    value: "SECONDS",
    help: "how long requests in flight may take after that",
    schema: { type: "number", minimum: 0, maximum: 600 },
    default: 10,
    chart: {
      key: ["shutdown", "graceSeconds"],
      description: "How long requests in flight may take after that, in seconds.",
      schema: { type: "integer", minimum: 0, maximum: 300 },
    },
  },
  ...LIMIT_SETTINGS,
  ...KUBERNETES_SETTINGS,
];
