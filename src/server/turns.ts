/**
 * Reviews that come in together go through each step together: all are read, then all are judged, then all are
 * answered, then all are logged. A step that has just run finds its code in the caches of the processor: under load
 * this saves more time than the judgement takes (`npm run bench -- webhook`), and a review that comes alone waits for nothing.
 */

/** A function to wait by until the event loop has read all that has come in, by one promise for all who ask till then. */
export function turns(): () => Promise<void> {
  let pending: Promise<void> | undefined;
  return () =>
    (pending ??= new Promise((resolve) => {
      setImmediate(() => {
        pending = undefined;
        resolve();
      });
    }));
}

/** Lets those go first who waited for the same turn and are still at the step before: promises are kept in order. */
export function othersOfThisTurn(): Promise<void> {
  return Promise.resolve();
}
