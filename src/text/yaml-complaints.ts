import type { Composer } from "yaml";

/** What the library calls with each thing that it finds wrong. */
const SINK = "onError";

/**
 * Has the library keep the first error of a document, and the first warning of each code: nobody is told of more. It
 * makes an `Error` of each, and a text of a megabyte may have a million of them, at eight microseconds and a kilobyte
 * each. The library has no option for it; where it calls nothing of this name, all that is lost is the time.
 */
export class FirstComplaints {
  readonly #heard = new Set<unknown>();

  constructor(composer: Composer) {
    const sink: unknown = Reflect.get(composer, SINK);
    if (typeof sink !== "function") return;
    Reflect.set(composer, SINK, (source: unknown, code: unknown, message: unknown, isWarning: unknown): void => {
      const kind = isWarning === true ? code : "error";
      if (this.#heard.has(kind)) return;
      Reflect.apply(sink, composer, [source, code, message, isWarning]);
      // Heard is what was kept: at the end of the stack the call itself may fail, and the library tries again further up.
      this.#heard.add(kind);
    });
  }

  /** What is found from here on is another document's. */
  forget(): void {
    this.#heard.clear();
  }
}
