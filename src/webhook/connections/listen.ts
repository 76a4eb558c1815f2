import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { ConfigError } from "../../usage/index.ts";
import type { Connections } from "./connections.ts";

/** The settings of the two ports, with their flags. */
const FLAGS = { port: "--port", healthPort: "--health-port" } as const;

/** The address and the ports to listen on. */
export interface ListenConfig {
  /** Default: all addresses. */
  readonly host?: string;
  /** The port of the webhook; 0 for any free port. */
  readonly port: number;
  /** The port of health checks and metrics; 0 for any free port. */
  readonly healthPort: number;
}

/** Messages for the errors of listen(), by system error code. */
const MESSAGES: Readonly<Record<string, (setting: keyof typeof FLAGS, config: ListenConfig) => string>> = {
  EADDRINUSE: (setting, config) =>
    `${setting} ${config[setting]} is taken: something listens there already; choose another with ${FLAGS[setting]}, or 0 for any that is free`,
  EACCES: (setting, config) =>
    `${setting} ${config[setting]} may not be opened by this user; choose one from 1024 on with ${FLAGS[setting]}`,
  EADDRNOTAVAIL: (_, { host = "" }) => `host ${host} is not an address of this machine; choose another with --host`,
  ENOTFOUND: (_, { host = "" }) => `host ${host} cannot be found; give an address of this machine with --host`,
};

/**
 * Makes the server listen on the port of this setting.
 * @returns the port: the one that the system chose if the setting is 0
 * @throws ConfigError if the server cannot listen there
 */
export function listen(server: Server, setting: keyof typeof FLAGS, config: ListenConfig): Promise<number> {
  const { host } = config;
  return new Promise((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException): void => {
      reject(new ConfigError([MESSAGES[error.code ?? ""]?.(setting, config) ?? error.message]));
    };
    server.once("error", onError);
    server.listen({ port: config[setting], ...(host === undefined ? {} : { host }) }, () => {
      server.removeListener("error", onError);
      resolve(portOf(server.address()));
    });
  });
}

function portOf(address: AddressInfo | string | null): number {
  return typeof address === "object" && address !== null ? address.port : 0;
}

/** When the server closes: how long a request head that has begun to arrive may still take, in milliseconds. */
const HEAD_TIMEOUT = 500;

/**
 * Accepts no new connections, gives requests in flight a grace period, and then destroys the remaining connections. Idle
 * connections and those without a finished TLS handshake are destroyed earlier: the HTTP server does not know the latter,
 * but waits for them to close.
 * @param grace in milliseconds
 */
export function closeServer(server: Server, connections: Connections, grace: number): Promise<void> {
  return new Promise((resolve) => {
    const idleTimer = setTimeout(
      () => {
        connections.destroyIdle();
      },
      Math.min(HEAD_TIMEOUT, grace),
    );
    const graceTimer = setTimeout(() => {
      connections.destroyAll();
    }, grace);
    server.close(() => {
      clearTimeout(idleTimer);
      clearTimeout(graceTimer);
      connections.stopMonitoring();
      resolve();
    });
  });
}
