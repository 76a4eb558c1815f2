import type { Validity } from "../admission/index.ts";
import type { IPFamilyPolicy } from "../service/schema/index.ts";
import type { ConnectionLimits, ListenConfig } from "./connections/index.ts";

/** The part of the configuration that a running server depends on. */
export interface ServerConfig extends ListenConfig {
  readonly tls: { readonly clientCA?: string };
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

/** What a server takes on at a time: any client that reaches its port can demand more than the server can bear. */
export interface Limits extends ConnectionLimits {
  /** How long a TLS handshake may take. */
  readonly handshakeSeconds: number;
  /** How long a client may take to send the head of a request, the first of a connection or a later one. */
  readonly headSeconds: number;
  /** The size in MiB, in total, of the bodies that are read and judged at a time. */
  readonly bodies: number;
  /** The heap of the worker process that judges large reviews, in MiB; 0 derives it from the available memory. */
  readonly judgeMemory: number;
}
