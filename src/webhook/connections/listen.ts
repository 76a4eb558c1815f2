import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { ConfigError } from "../../usage/index.ts";
import type { Connections } from "./connections.ts";

/** The settings that say where to listen, with the flag of each. */
const FLAGS = { port: "--port", healthPort: "--health-port" } as const;

/** The address and the ports that a server listens on. */
export interface ListenConfig {
  /** Absent: all addresses. */
  readonly host?: string;
  /** Of the webhook; 0 for any free port. */
  readonly port: number;
  /** Of health and metrics; 0 for any free port. */
  readonly healthPort: number;
}

/** What an error of the system means for who chose the port, by its code. */
const REASONS: Readonly<Record<string, (at: keyof typeof FLAGS, config: ListenConfig) => string>> = {
  EADDRINUSE: (at, config) =>
    `${at} ${config[at]} is taken: something listens there already; choose another with ${FLAGS[at]}, or 0 for any that is free`,
  EACCES: (at, config) =>
    `${at} ${config[at]} may not be opened by this user; choose one from 1024 on with ${FLAGS[at]}`,
  EADDRNOTAVAIL: (_, { host = "" }) => `host ${host} is no address of this machine; choose another with --host`,
  ENOTFOUND: (_, { host = "" }) => `host ${host} cannot be found; give an address of this machine with --host`,
};

/**
 * Has the server listen where the settings say. Returns the port: the one that the system chose where 0 was asked for.
 * @throws ConfigError if it cannot be had.
 */
export function listen(server: Server, at: keyof typeof FLAGS, config: ListenConfig): Promise<number> {
  const { host } = config;
  return new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException): void => {
      reject(new ConfigError([REASONS[error.code ?? ""]?.(at, config) ?? error.message]));
    };
    server.once("error", failed);
    server.listen({ port: config[at], ...(host === undefined ? {} : { host }) }, () => {
      server.removeListener("error", failed);
      resolve(portOf(server.address()));
    });
  });
}

function portOf(address: AddressInfo | string | null): number {
  return typeof address === "object" && address !== null ? address.port : 0;
}

/** How long, in milliseconds, the head of a request may take that has begun to come in when the server ends. */
const HEAD_TIME = 500;

/**
 * Takes no new connections, lets requests in flight end for so many milliseconds, then cuts what is left. What has asked
 * for nothing is not waited for: the server itself counts no connection whose TLS handshake is not done, and yet waits
 * for it to end.
 */
export function close(server: Server, connections: Connections, grace: number): Promise<void> {
  return new Promise((resolve) => {
    const idle = setTimeout(
      () => {
        connections.cutIdle();
      },
      Math.min(HEAD_TIME, grace),
    );
    const all = setTimeout(() => {
      connections.cutAll();
    }, grace);
    server.close(() => {
      clearTimeout(idle);
      clearTimeout(all);
      connections.close();
      resolve();
    });
  });
}
