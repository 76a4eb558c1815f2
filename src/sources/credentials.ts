/** What a TLS server shows: PEM text, the certificate with its chain. */
export interface ServingPair {
  /** The leaf certificate, then the rest of its chain. */
  readonly certificate: string;
  /** The leaf's private key. */
  readonly key: string;
  /** The CA that signed the leaf, where it is known: its end is watched too. */
  readonly ca?: string;
}

/** Where the certificate in use comes from: files, memory, or a Secret of the cluster. */
export interface Credentials {
  /** The pair to serve with now; undefined while there is none yet. */
  current(): ServingPair | undefined;
  /** Calls the listener with each new pair, after it was checked; returns how to stop that. */
  subscribe(listener: (pair: ServingPair) => void): () => void;
  /** Ends all watching. */
  close(): Promise<void>;
}

/** Asked by `/readyz`: undefined if all is well, else the reason in words. */
export type ReadinessCheck = () => string | undefined;

/** No certificate, now or ever: a server with these is never ready. */
export const WITHOUT_CREDENTIALS: Credentials = {
  current: () => undefined,
  subscribe: () => () => undefined,
  close: () => Promise.resolve(),
};

/** Credentials that stay as they are. */
export function fixedCredentials(pair: ServingPair): Credentials {
  return { current: () => pair, subscribe: () => () => undefined, close: () => Promise.resolve() };
}

/** Tells each listener; one that fails keeps the news from no other. */
export function notifyAll<T>(
  listeners: Iterable<(news: T) => void>,
  news: T,
  onFailure: (error: unknown) => void,
): void {
  for (const listener of listeners) {
    try {
      listener(news);
    } catch (error) {
      onFailure(error);
    }
  }
}
