import type { RequestListener } from "node:http";

/** A listener that is made when the first request comes. Until then, what it needs is not loaded. */
export function lazyListener(make: () => Promise<RequestListener>): RequestListener {
  let made: Promise<RequestListener> | undefined;
  let listener: RequestListener | undefined;
  return (request, response) => {
    if (listener !== undefined) {
      listener(request, response);
      return;
    }
    made ??= make();
    made.then(
      (ready) => {
        listener = ready;
        ready(request, response);
      },
      (error: unknown) => {
        response.destroy(error instanceof Error ? error : undefined);
      },
    );
  };
}
