import { errorCode, fileErrorReason } from "../field/index.ts";
import { Unusable } from "../usage/index.ts";
import type { Stream } from "./report-set.ts";

/** What is needed of `process.stdout`; the types of the library know nothing of Node's. */
export interface OutputStream {
  readonly isTTY: boolean;
  readonly columns: number;
  on(event: "error", listener: (error: Error) => void): unknown;
  write(text: string | Uint8Array, done?: () => void): unknown;
}

/** A standard stream that may fail while it is written: the reader exits (`| head`), or the disk is full. */
export class StandardOutput implements Stream {
  readonly #stream: OutputStream;
  #failure: Error | undefined;

  constructor(stream: OutputStream) {
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
   * Waits until everything is written. If the reader has exited, nothing is missing, and the run ends normally.
   * @throws {Unusable} if writing failed for any other reason
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
