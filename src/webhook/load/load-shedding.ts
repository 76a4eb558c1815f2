import type { Logger } from "../logging/index.ts";
import type { Failure } from "../requests/index.ts";
import type { ReviewBatches } from "./batches.ts";
import type { BytesInFlight } from "./bytes-in-flight.ts";

/** No review waits longer for its turn, in milliseconds, nor longer than half of its deadline. */
const LONGEST_WAIT = 1000;
/** How often, in milliseconds, it is logged at most. */
const LOG_EVERY = 1000;

/** Decides, from its head alone, which review is not taken because there is more to do than can be done in time. */
export class LoadShedding {
  readonly #turns: ReviewBatches;
  readonly #bytes: BytesInFlight;
  readonly #log: Logger;
  #count = 0;
  #isLogging = false;

  constructor(turns: ReviewBatches, bytes: BytesInFlight, log: Logger) {
    this.#turns = turns;
    this.#bytes = bytes;
    this.#log = log;
  }

  /** Why a review is not taken; undefined if it is: then its bytes are taken too, and are to be given back. */
  reason(client: string, bytes: number, deadline: number): Failure | undefined {
    const wait = this.#turns.delayFor(client);
    if (wait > Math.min(LONGEST_WAIT, deadline / 2)) {
      return this.#note({ status: 503, message: "there are more reviews than can be answered in time; ask again" });
    }
    return bytes > 0 && !this.#bytes.take(client, bytes) ? this.tooLarge() : undefined;
  }

  /** A review is not taken because there is no room for its bytes. */
  tooLarge(): Failure {
    return this.#note({ status: 429, message: "there are too many large reviews at once; ask again" });
  }

  #note(failure: Failure): Failure {
    this.#count++;
    if (this.#isLogging) return failure;
    this.#isLogging = true;
    setTimeout(() => {
      this.#log.warn({ reviews: this.#count, status: failure.status, reason: failure.message }, "overloaded");
      this.#count = 0;
      this.#isLogging = false;
    }, LOG_EVERY).unref();
    return failure;
  }
}
