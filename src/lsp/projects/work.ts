/** What can be done anew; each kind includes those behind it. */
const KINDS = ["settings", "files", "objects"] as const;
type Kind = (typeof KINDS)[number];

/** How long changes are waited for after the first one, in milliseconds: a checkout changes many files. */
const PATIENCE: Readonly<Record<Kind, number>> = { settings: 100, files: 100, objects: 150 };

/** What has to be done in the background: one thing at a time, and once for many changes. */
export class Work {
  /** Settled when the first work is done. */
  readonly begun: Promise<void>;
  readonly #tasks: Readonly<Record<Kind, () => Promise<void>>>;
  readonly #onDone: () => void;
  readonly #onBug: (error: unknown) => void;
  #begin: () => void = () => undefined;
  #asked: Kind | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isRunning = false;
  #isClosed = false;

  /**
   * @param onDone called after each work
   * @param onBug called with what a task throws
   */
  constructor(tasks: Readonly<Record<Kind, () => Promise<void>>>, onDone: () => void, onBug: (error: unknown) => void) {
    this.#tasks = tasks;
    this.#onDone = onDone;
    this.#onBug = onBug;
    this.begun = new Promise((resolve) => {
      this.#begin = resolve;
    });
  }

  /** Asks for a work, soon. */
  ask(kind: Kind, patience = PATIENCE[kind]): void {
    if (this.#asked === undefined || KINDS.indexOf(kind) < KINDS.indexOf(this.#asked)) this.#asked = kind;
    if (this.#isRunning || this.#isClosed) return;
    this.#timer ??= setTimeout(() => void this.#run(), patience);
  }

  /** What was asked for in the meantime. */
  #askAgain(): void {
    if (this.#asked !== undefined) this.ask(this.#asked);
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    this.#begin();
  }

  async #run(): Promise<void> {
    const asked = this.#asked;
    this.#asked = undefined;
    this.#timer = undefined;
    if (asked === undefined) return;
    this.#isRunning = true;
    try {
      await this.#tasks[asked]();
    } catch (error) {
      this.#onBug(error);
    }
    this.#isRunning = false;
    this.#begin();
    if (this.#isClosed) return;
    this.#onDone();
    this.#askAgain();
  }
}
