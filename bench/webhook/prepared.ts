import { end } from "./contender.ts";
import type { Server } from "./servers.ts";

/** A server that needs a cluster, and what takes its traces out of it. */
export interface Prepared {
  readonly server: Server;
  readonly close: () => Promise<void>;
}

/** A server that is not run, and why. */
export interface NotRun {
  readonly name: string;
  readonly why: string;
}

/**
 * Prepares a server that cannot run everywhere, and tries to start it: what is missing is a note in the table, never a
 * failure.
 */
export async function attempt(name: string, prepare: () => Promise<Prepared>): Promise<Prepared | NotRun> {
  let prepared: Prepared | undefined;
  try {
    prepared = await prepare();
    await end(await prepared.server.start());
    return prepared;
  } catch (error) {
    await prepared?.close();
    return { name, why: error instanceof Error ? error.message : String(error) };
  }
}
