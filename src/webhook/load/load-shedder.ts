import type { Logger } from "../logging/index.ts";
import type { Failure } from "../requests/index.ts";
import type { BytesInFlight } from "./bytes-in-flight.ts";
import type { ReviewBatches } from "./review-batches.ts";

/** The longest expected wait for a batch with which a review is accepted, in milliseconds; half of its deadline if that is less. */
const MAX_WAIT = 1000;
/** The minimum interval between two log lines about an overload, in milliseconds. */
const LOG_INTERVAL = 1000;

/** Refuses reviews that could not be answered in time. It decides before a body is read. */
export class LoadShedder {
  readonly #batches: ReviewBatches;
  readonly #bytes: BytesInFlight;
  readonly #log: Logger;
  /** The number of refused reviews since the last log line. */
  #refused = 0;
  #isLogScheduled = false;

  constructor(batches: ReviewBatches, bytes: BytesInFlight, log: Logger) {
    this.#batches = batches;
    this.#bytes = bytes;
    this.#log = log;
  }

  /**
   * Decides about a review.
   * @param bytes to reserve for the body; 0 for a small one
   * @param deadline in milliseconds
   * @returns the refusal; undefined if the review is accepted: its bytes are then reserved, and the caller releases them
   */
  check(client: string, bytes: number, deadline: number): Failure | undefined {
    const wait = this.#batches.expectedWait(client);
    if (wait > Math.min(MAX_WAIT, deadline / 2)) {
      return this.#refuse({ status: 503, message: "there are more reviews than can be answered in time; ask again" });
    }
    return bytes > 0 && !this.#bytes.reserve(client, bytes) ? this.refuseLarge() : undefined;
  }

  /** Refuses a review because there is not enough memory for its body. */
  refuseLarge(): Failure {
    return this.#refuse({ status: 429, message: "there are too many large reviews at once; ask again" });
  }

  #refuse(failure: Failure): Failure {
    this.#refused++;
    if (this.#isLogScheduled) return failure;
    this.#isLogScheduled = true;
    setTimeout(() => {
      this.#log.warn({ reviews: this.#refused, status: failure.status, reason: failure.message }, "overloaded");
      this.#refused = 0;
      this.#isLogScheduled = false;
    }, LOG_INTERVAL).unref();
    return failure;
  }
}
