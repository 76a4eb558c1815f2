import { setTimeout } from "node:timers/promises";
import { EventLoopYield } from "../../check/run/index.ts";
import type { ClaimsAround } from "../../editor/analysis/index.ts";
import { type ClaimOwners, Claims, type ClaimSet } from "../../examine/claims/index.ts";
import { type Context, examine } from "../../examine/findings/index.ts";
import { ClaimIndex } from "./claim-index.ts";

/**
 * The longest time, in milliseconds, for which reading files keeps the server from answering: from a key to the diagnostics, the
 * event loop goes round a few times.
 */
const SLICE = 3;

/** How long changes are waited for, in milliseconds: what an editor has open is analysed sooner, and need not be read again. */
const PATIENCE = 150;

/** What the claims of a project need. */
export interface ClaimSources {
  /** What files are examined with; objects around them claim nothing. */
  readonly context: Context;
  /** The file's name, as messages show it. */
  readonly nameOf: (file: string) => string;
  /** The text of a file, as it is in the editor or else on disk; undefined if it cannot be read. */
  readonly textOf: (file: string) => string | undefined;
  /** Called with the files whose conflicts may be others now. */
  readonly onConflicts: (files: ReadonlySet<string>) => void;
  readonly onBug: (error: unknown) => void;
}

/** What the Services of a project's files claim. Files are examined in the background, each once until it changes. */
export class ProjectClaims {
  readonly #sources: ClaimSources;
  readonly #index = new ClaimIndex();
  /** The files that have to be examined, each with what stands for its state. */
  readonly #stale = new Map<string, object>();
  /** The sets of each file whose claims are known: as JSON. */
  readonly #setsOf = new Map<string, string>();
  /** In seconds of the process. */
  #lastChange = 0;
  #timer: NodeJS.Timeout | undefined;
  #isReading = false;
  #isClosed = false;

  constructor(sources: ClaimSources) {
    this.#sources = sources;
  }

  /** Sets the files, in the order of the check. Those that are new, or in other sets than before, are examined. */
  setFiles(files: readonly string[], setsOf: (file: string) => readonly ClaimSet[]): void {
    this.#index.setFiles(files, setsOf);
    for (const file of [...this.#stale.keys(), ...this.#setsOf.keys()]) if (!this.#index.has(file)) this.#forget(file);
    for (const file of files) if (this.#setsOf.get(file) !== JSON.stringify(setsOf(file))) this.changed(file);
  }

  /** Takes note that a file is not as it was. */
  changed(file: string): void {
    if (!this.#index.has(file)) return;
    this.#stale.set(file, {});
    this.#lastChange = process.uptime();
    if (!this.#isReading && !this.#isClosed) this.#timer ??= globalThis.setTimeout(() => void this.#read(), PATIENCE);
  }

  /** What the claims of a file can conflict with. */
  around(file: string): ClaimsAround {
    return this.#index.around(file);
  }

  /** Sets what a file claims, for who has examined it. @param around what it was examined with */
  set(file: string, owners: ClaimOwners, { sets }: Pick<ClaimsAround, "sets">): void {
    this.#stale.delete(file);
    if (this.#index.has(file)) this.#setsOf.set(file, JSON.stringify(sets));
    const concerned = this.#index.set(file, owners);
    if (concerned.size > 0) this.#sources.onConflicts(concerned);
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
  }

  #forget(file: string): void {
    this.#stale.delete(file);
    this.#setsOf.delete(file);
  }

  async #read(): Promise<void> {
    this.#timer = undefined;
    this.#isReading = true;
    const pause = new EventLoopYield(SLICE);
    for (let next = this.#next(); next !== undefined && !this.#isClosed; next = this.#next()) {
      const [file, state] = next;
      try {
        const { sets } = this.around(file);
        const owners = await this.#examined(file, sets, pause);
        // If not, somebody has examined it in the meantime, or it has changed again.
        if (this.#stale.get(file) === state) this.set(file, owners, { sets });
      } catch (error) {
        this.#forget(file);
        this.#sources.onBug(error);
      }
    }
    this.#isReading = false;
  }

  #next(): readonly [string, object] | undefined {
    const { value } = this.#stale.entries().next();
    return value;
  }

  async #examined(file: string, sets: readonly ClaimSet[], pause: EventLoopYield): Promise<ClaimOwners> {
    const { textOf, nameOf, context } = this.#sources;
    const [text, name, claims] = [textOf(file), nameOf(file), new Claims()];
    if (text !== undefined && (context.settings.assumeService || MAY_HOLD_SERVICE.test(text))) {
      for (const result of examine(text, name, context, false)) {
        if (result.type === "service") claims.add(result.claims, result.identity, name, sets);
        if (pause.isDue) await this.#rest(pause);
      }
    }
    if (pause.isDue) await this.#rest(pause);
    return claims.owners;
  }

  /** Lets others run, and waits while somebody types. */
  async #rest(pause: EventLoopYield): Promise<void> {
    await pause.run();
    while (!this.#isClosed && (process.uptime() - this.#lastChange) * 1000 < PATIENCE) await setTimeout(PATIENCE);
  }
}

/** A quick look that spares examining files of other kinds: the word, or an escape that may be part of it. */
const MAY_HOLD_SERVICE = /Service|\\/;
