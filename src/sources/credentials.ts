/** The serving certificate of a TLS server, with its chain and its key, in PEM. */
export interface ServingPair {
  /** The leaf certificate, then the rest of its chain. */
  readonly certificate: string;
  /** The leaf's private key. */
  readonly key: string;
  /** The CA that signed the leaf, if it is known: the metrics show its expiry too. */
  readonly ca?: string;
}

/** The source of the serving certificate: files, memory, or a Secret in the cluster. */
export interface Credentials {
  /** The pair to serve with now; undefined as long as there is none. */
  current(): ServingPair | undefined;
  /** Calls the listener with each new pair once it has been checked. Returns a function that unsubscribes. */
  subscribe(listener: (pair: ServingPair) => void): () => void;
  /** Stops watching for changes. */
  close(): Promise<void>;
}

/** A check for `/readyz`. Returns the reason why the server is not ready; undefined if it is. */
export type ReadinessCheck = () => string | undefined;

/** Credentials without a certificate: a server that uses them is never ready. */
export const NO_CREDENTIALS: Credentials = {
  current: () => undefined,
  subscribe: () => () => undefined,
  close: () => Promise.resolve(),
};

/** Credentials that never change. */
export function fixedCredentials(pair: ServingPair): Credentials {
  return { current: () => pair, subscribe: () => () => undefined, close: () => Promise.resolve() };
}

/** Calls every listener with the value; an error of one listener does not affect the others. */
export function notifyListeners<T>(
  listeners: Iterable<(value: T) => void>,
  value: T,
  onFailure: (error: unknown) => void,
): void {
  for (const listener of listeners) {
    try {
      listener(value);
    } catch (error) {
      onFailure(error);
    }
  }
}
