/** What can be done anew; each kind includes those behind it. Whether the commit is another one is looked at before. */
const KINDS = ["settings", "files", "objects"] as const;
type Kind = (typeof KINDS)[number] | "commit";

/** What is done for each kind. @returns whether files have to be judged again */
export type Tasks = Readonly<Record<Kind, () => Promise<boolean>>>;

/** How long changes are waited for after the first one, in milliseconds: a checkout changes many files. */
const PATIENCE: Readonly<Record<Kind, number>> = { commit: 100, settings: 100, files: 100, objects: 150 };

/** What has to be done in the background: one thing at a time, and once for many changes. */
export class Work {
  /** Settled when the first work is done. */
  readonly begun: Promise<void>;
  readonly #tasks: Tasks;
  readonly #onDone: () => void;
  readonly #onBug: (error: unknown) => void;
  #begin: () => void = () => undefined;
  readonly #asked = new Set<Kind>();
  #timer: NodeJS.Timeout | undefined;
  #isRunning = false;
  #isClosed = false;

  /**
   * @param onDone called after each work because of which files have to be judged again
   * @param onBug called with what a task throws
   */
  constructor(tasks: Tasks, onDone: () => void, onBug: (error: unknown) => void) {
    this.#tasks = tasks;
    this.#onDone = onDone;
    this.#onBug = onBug;
    this.begun = new Promise((resolve) => {
      this.#begin = resolve;
    });
  }

  /** Asks for a work, soon. */
  ask(kind: Kind, patience = PATIENCE[kind]): void {
    this.#asked.add(kind);
    if (this.#isRunning || this.#isClosed) return;
    this.#timer ??= setTimeout(() => void this.#run(), patience);
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    this.#begin();
  }

  async #run(): Promise<void> {
    this.#timer = undefined;
    this.#isRunning = true;
    // This may ask for settings.
    if (this.#asked.delete("commit")) await this.#do("commit");
    const kind = KINDS.find((one) => this.#asked.has(one));
    this.#asked.clear();
    const isOver = kind !== undefined && (await this.#do(kind));
    this.#isRunning = false;
    this.#begin();
    if (this.#isClosed) return;
    if (isOver) this.#onDone();
    for (const asked of this.#asked) this.ask(asked);
  }

  async #do(kind: Kind): Promise<boolean> {
    try {
      return await this.#tasks[kind]();
    } catch (error) {
      this.#onBug(error);
      return true;
    }
  }
}
