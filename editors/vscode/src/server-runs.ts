import type { LanguageClient } from "vscode-languageclient/node";

/** How long a server may take to start, in milliseconds, before it is given up for another one. */
const PATIENCE = 5000;

/** The server that runs: one at a time, and always the one that was asked for last. */
export class ServerRuns {
  readonly #newClient: () => LanguageClient;
  #client: LanguageClient | undefined;
  /** Settled when the client runs, or cannot be started. */
  #started: Promise<void> = Promise.resolve();
  /** What is being done: starts and ends of servers take a while, and must not overlap. */
  #queue: Promise<void> = Promise.resolve();
  #asked = 0;

  constructor(newClient: () => LanguageClient) {
    this.#newClient = newClient;
  }

  /** The client of a server that answers. */
  get client(): LanguageClient | undefined {
    return this.#client?.isRunning() === true ? this.#client : undefined;
  }

  /** Ends the server, and starts one by the settings of now. It never fails: the client tells the user why there is no server. */
  restart(): Promise<void> {
    return this.#next(async () => {
      const client = this.#newClient();
      this.#client = client;
      this.#started = client.start().catch(() => undefined);
      await Promise.race([this.#started, patience()]);
    });
  }

  /** Ends the server. */
  stop(): Promise<void> {
    return this.#next(() => Promise.resolve());
  }

  /** Once no server runs, and if nothing else has been asked for in the meantime. */
  #next(then: () => Promise<void>): Promise<void> {
    const asked = ++this.#asked;
    const done = this.#queue.then(async () => {
      if (asked !== this.#asked) return;
      await this.#end();
      await then();
    });
    this.#queue = done.catch(() => undefined);
    return done;
  }

  async #end(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    // The client can end no server that is still starting. What takes too long is killed.
    await Promise.race([this.#started, patience()]);
    await client?.dispose().catch(() => undefined);
  }
}

function patience(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, PATIENCE).unref());
}
