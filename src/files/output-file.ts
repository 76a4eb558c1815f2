import {
  accessSync,
  closeSync,
  constants,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, resolve } from "node:path";
import { errorCode, fileErrorReason } from "../field/index.ts";
import { Unusable } from "../usage/index.ts";
import { TemporaryFile } from "./temporary-file.ts";

/** An output file that is written in parts. Its previous content stays until the new content is complete. */
export class OutputFile {
  readonly #label: string;
  /** The target, with links resolved: they may lead anywhere, since the user named the file. */
  readonly #path: string;
  readonly #temporary: TemporaryFile | undefined;
  readonly #descriptor: number | undefined;

  /** @param label the file's name in messages: `the report a.json` @throws {Unusable} if it cannot be written */
  constructor(label: string, file: string) {
    this.#label = label;
    try {
      mkdirSync(dirname(file), { recursive: true });
      this.#path = statSync(file, { throwIfNoEntry: false })?.isFile() === true ? realpathSync(file) : file;
      this.#temporary = isReplaceable(file) ? temporaryFor(this.#path) : undefined;
      this.#descriptor = this.#temporary === undefined ? openSync(file, "w") : undefined;
    } catch (error) {
      throw this.#unwritable(error);
    }
  }

  /** Appends the text. @throws {Unusable} if it cannot be written */
  write(text: string): void {
    try {
      // Unlike `writeSync`, `writeFileSync` continues until everything is written.
      if (this.#descriptor === undefined) this.#temporary?.write(text);
      else writeFileSync(this.#descriptor, text);
    } catch (error) {
      this.#temporary?.discard();
      throw this.#unwritable(error);
    }
  }

  /** Completes the file: the new content replaces the previous one. @throws {Unusable} if that fails */
  close(): void {
    try {
      if (this.#descriptor !== undefined) closeSync(this.#descriptor);
      if (this.#temporary !== undefined) moveOrCopy(this.#temporary, this.#path);
    } catch (error) {
      throw this.#unwritable(error);
    } finally {
      this.#temporary?.discard();
    }
  }

  #unwritable(error: unknown): Unusable {
    return new Unusable(`${this.#label} cannot be written: ${fileErrorReason(error)}`);
  }
}

/** Writes a file completely or not at all. @param label the file's name in messages @throws {Unusable} if it fails */
export function writeOutput(label: string, file: string, text: string): void {
  const output = new OutputFile(label, file);
  output.write(text);
  output.close();
}

/** Paths of files that are already open, such as standard output: they must be written to, not replaced. */
const OPEN_FILE = /^\/(?:dev|proc)\//;

/**
 * Whether the path does not exist yet, or is a regular file without other hard links. Everything else is written in
 * place.
 */
function isReplaceable(file: string): boolean {
  if (OPEN_FILE.test(resolve(file))) return false;
  const stats = statSync(file, { throwIfNoEntry: false });
  // Writing to a dangling link creates its target.
  if (stats === undefined) return lstatSync(file, { throwIfNoEntry: false }) === undefined;
  return stats.isFile() && stats.nlink === 1;
}

/**
 * A temporary file that will replace the path. Undefined if the folder does not allow new files, or a new file could
 * not have the owner and mode of the old one: then the old file is written in place, and the error of that is reported.
 */
function temporaryFor(path: string): TemporaryFile | undefined {
  const stats = statSync(path, { throwIfNoEntry: false });
  let temporary: TemporaryFile | undefined;
  try {
    if (stats !== undefined) accessSync(path, constants.W_OK);
    temporary = new TemporaryFile(path, stats !== undefined);
    if (stats === undefined || temporary.copyMetadata(stats) === undefined) return temporary;
  } catch {
    // Opening the file itself fails with the same error.
  }
  temporary?.discard();
  return undefined;
}

/**
 * Replaces the path. A file that is itself a mount point, as in a container, cannot be replaced: its content is copied.
 */
function moveOrCopy(temporary: TemporaryFile, path: string): void {
  temporary.flush();
  try {
    temporary.moveTo(path);
  } catch (error) {
    if (errorCode(error) !== "EBUSY") throw error;
    writeFileSync(path, readFileSync(temporary.path));
  }
}
