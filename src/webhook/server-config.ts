import type { Validity } from "../admission/index.ts";
import type { IPFamilyPolicy } from "../service/schema/index.ts";
import type { ConnectionLimits, ListenConfig } from "./connections/index.ts";
import type { UnchangedLogging } from "./logging/index.ts";

/** The part of the configuration that a running server depends on. */
export interface ServerConfig extends ListenConfig {
  readonly tls: { readonly clientCA?: string };
  readonly log: { readonly unchanged: UnchangedLogging };
  readonly validity: Validity;
  readonly defaults: { readonly ipFamilyPolicy: "server" | IPFamilyPolicy };
  readonly exempt: {
    readonly ownNamespace: string;
    readonly namespaces: readonly string[];
    readonly services: readonly string[];
  };
  readonly shutdown: { readonly drainSeconds: number; readonly graceSeconds: number };
  readonly limits: Limits;
}

/** Limits that protect the server: any client that reaches its port can send more than the server can handle. */
export interface Limits extends ConnectionLimits {
  /** How long a TLS handshake may take. */
  readonly handshakeSeconds: number;
  /** How long a client may take to send the head of any request on a connection. */
  readonly headSeconds: number;
  /** The maximum total size of the bodies that are read and judged at the same time, in MiB. */
  readonly bodies: number;
  /** The heap of the worker process that judges large reviews, in MiB; 0 derives it from the available memory. */
  readonly judgeMemory: number;
}
