import type { Composer } from "yaml";

/** The method of the library's composer that receives each error and warning. */
const SINK = "onError";

/**
 * Makes the library keep only the first error of a document and the first warning of each code: no more are ever
 * reported. The library creates an `Error` for each, and a text of a megabyte may have a million of them, at eight
 * microseconds and a kilobyte each. The library has no option for this; if it has no method of this name, only time is
 * lost.
 */
export class ErrorLimiter {
  readonly #seen = new Set<unknown>();

  constructor(composer: Composer) {
    const sink: unknown = Reflect.get(composer, SINK);
    if (typeof sink !== "function") return;
    Reflect.set(composer, SINK, (source: unknown, code: unknown, message: unknown, isWarning: unknown): void => {
      const kind = isWarning === true ? code : "error";
      if (this.#seen.has(kind)) return;
      Reflect.apply(sink, composer, [source, code, message, isWarning]);
      // Only after the call: at the end of the stack the call itself may fail, and the library tries again further up.
      this.#seen.add(kind);
    });
  }

  /** Starts a new document. */
  reset(): void {
    this.#seen.clear();
  }
}
