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

/** The permission bits of a mode, including setuid, setgid and sticky. */
const PERMISSION_BITS = 0o7777;

/** The mode of a new file, which the user's umask restricts. */
const NEW_FILE_MODE = 0o666;
/** The mode of a file that only its owner may read. */
const PRIVATE_FILE_MODE = 0o600;

const unfinished = new Set<TemporaryFile>();

/** A file that replaces another one when it is complete. Its name is hidden, unpredictable and new. */
export class TemporaryFile {
  readonly path: string;
  readonly #descriptor: number;
  #isOpen = true;

  /** Creates the temporary file in the same folder. @throws the system's error */
  constructor(file: string, isPrivate: boolean) {
    this.path = join(dirname(file), `.fairlead-${randomBytes(12).toString("hex")}.tmp`);
    // "x" fails if the path exists, even as a link.
    this.#descriptor = openSync(this.path, "wx", isPrivate ? PRIVATE_FILE_MODE : NEW_FILE_MODE);
    unfinished.add(this);
  }

  /** Appends all of the content. @throws the system's error */
  write(content: string | Uint8Array): void {
    writeFileSync(this.#descriptor, content);
  }

  /** Copies owner, group and mode of another file. @returns what could not be copied; undefined if everything was */
  copyMetadata({ uid, gid, mode }: Stats): "owner" | "mode" | undefined {
    const own = fstatSync(this.#descriptor);
    try {
      if (own.uid !== uid || own.gid !== gid) fchownSync(this.#descriptor, uid, gid);
    } catch {
      return "owner";
    }
    // After the owner: changing the owner clears setuid.
    fchmodSync(this.#descriptor, mode & PERMISSION_BITS);
    return (fstatSync(this.#descriptor).mode & PERMISSION_BITS) === (mode & PERMISSION_BITS) ? undefined : "mode";
  }

  /** Flushes the content to the disk; otherwise the file could be empty after a power failure. */
  flush(): void {
    if (!this.#isOpen) return;
    fsyncSync(this.#descriptor);
    this.#close();
  }

  /** Replaces the file of this name atomically. @throws the system's error */
  moveTo(file: string): void {
    this.flush();
    renameSync(this.path, file);
    unfinished.delete(this);
    syncFolder(dirname(file));
  }

  /** Removes the file; has no effect after `moveTo`. */
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

/** Flushes the folder, so that the rename is durable. Systems that cannot open a folder do without. */
function syncFolder(folder: string): void {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(folder, "r");
    fsyncSync(descriptor);
  } catch {
    // The file itself is complete under its name.
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Makes signals end the process as before, but without temporary files left behind. A file is replaced
 * synchronously, so that no signal is handled in the middle of that.
 * @returns a function to call at the end in any case: it removes unfinished files
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
