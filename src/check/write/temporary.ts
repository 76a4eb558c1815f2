import { randomBytes } from "node:crypto";
import {
  closeSync,
  fchmodSync,
  fchownSync,
  fstatSync,
  fsyncSync,
  openSync,
  renameSync,
  rmSync,
  type Stats,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";

/** Permissions with the bits for setuid, setgid and sticky. */
const MODE = 0o7777;

/** What a new file may be: all but what the user's umask takes away, or nobody else's to read. */
const NEW_FILE = 0o666;
const OWN_FILE = 0o600;

const unfinished = new Set<TemporaryFile>();

/** A file that becomes another one when it is whole. Its name is hidden, unpredictable and nobody's before. */
export class TemporaryFile {
  readonly path: string;
  readonly #descriptor: number;
  #isOpen = true;

  /** Makes one beside the file. @throws the system's error */
  constructor(file: string, isPrivate: boolean) {
    this.path = join(dirname(file), `.fairlead-${randomBytes(12).toString("hex")}.tmp`);
    // "x" refuses what is there already, a link too.
    this.#descriptor = openSync(this.path, "wx", isPrivate ? OWN_FILE : NEW_FILE);
    unfinished.add(this);
  }

  /** Writes all of it, or throws the system's error. */
  write(content: string | Uint8Array): void {
    writeFileSync(this.#descriptor, content);
  }

  /** Takes over owner, group and mode. @returns what could not be taken over; undefined if all was */
  takeOver({ uid, gid, mode }: Stats): "owner" | "mode" | undefined {
    const own = fstatSync(this.#descriptor);
    try {
      if (own.uid !== uid || own.gid !== gid) fchownSync(this.#descriptor, uid, gid);
    } catch {
      return "owner";
    }
    // After the owner: a change of that takes setuid away.
    fchmodSync(this.#descriptor, mode & MODE);
    return (fstatSync(this.#descriptor).mode & MODE) === (mode & MODE) ? undefined : "mode";
  }

  /** Hands what was written to the disk, without which a file may be found empty after a power cut. */
  finish(): void {
    if (!this.#isOpen) return;
    fsyncSync(this.#descriptor);
    this.#close();
  }

  /** Becomes the file of this name, in one step. @throws the system's error */
  moveTo(file: string): void {
    this.finish();
    renameSync(this.path, file);
    unfinished.delete(this);
    syncFolder(dirname(file));
  }

  /** Leaves nothing behind; nothing happens to one that has become another file. */
  discard(): void {
    if (!unfinished.delete(this)) return;
    this.#close();
    rmSync(this.path, { force: true });
  }

  #close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    closeSync(this.#descriptor);
  }
}

/** The new name is to last too. Not every system lets a folder be opened, and there the name is as safe as it gets. */
function syncFolder(folder: string): void {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(folder, "r");
    fsyncSync(descriptor);
  } catch {
    // The file itself is whole under its name.
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Lets the process end by a signal as it would have, but leave no half-written file behind. One file is written between
 * two turns of the event loop, so that a signal is never heard of in the middle of that.
 * @returns a function to call at the end, however that comes about: what is not finished by then is removed
 */
export function cleanUpOnSignals(): () => void {
  const end = (): void => {
    for (const signal of SIGNALS) process.off(signal, onSignal);
    for (const file of unfinished) file.discard();
  };
  const onSignal = (signal: NodeJS.Signals): void => {
    end();
    process.kill(process.pid, signal);
  };
  for (const signal of SIGNALS) process.on(signal, onSignal);
  return end;
}
