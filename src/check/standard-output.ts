import { errorCode, fileErrorReason } from "../field/file-error.ts";
import type { Stream } from "./output.ts";
import { Unusable } from "./unusable.ts";

/** A stream of this process that may break off: its reader has gone (`| head`), or the disk is full. */
export class StandardOutput implements Stream {
  readonly #stream: NodeJS.WriteStream;
  #failure: Error | undefined;

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
    stream.on("error", (error: Error) => {
      this.#failure ??= error;
    });
  }

  get isTTY(): boolean {
    return this.#stream.isTTY;
  }

  get columns(): number {
    return this.#stream.columns;
  }

  write(text: string): void {
    if (this.#failure === undefined) this.#stream.write(text);
  }

  /**
   * Waits until all is written. A reader that has gone wants no more, and the run ends as it would have.
   * @throws {Unusable} if something could not be written that somebody waits for
   */
  async flush(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#stream.write("", () => {
        resolve();
      });
    });
    if (this.#failure === undefined || errorCode(this.#failure) === "EPIPE") return;
    throw new Unusable(`standard output cannot be written: ${fileErrorReason(this.#failure)}`);
  }
}
