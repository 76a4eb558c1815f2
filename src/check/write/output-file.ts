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
import { errorCode, fileErrorReason } from "../../field/file-error.ts";
import { Unusable } from "../unusable.ts";
import { TemporaryFile } from "./temporary.ts";

/** A file that a run was told to write, in parts: what was there before stays until all of it is written. */
export class OutputFile {
  readonly #what: string;
  /** Where it is written to, links followed: it is the user who named it. */
  readonly #path: string;
  readonly #temporary: TemporaryFile | undefined;
  readonly #descriptor: number | undefined;

  /** @param what how messages call it: `the report a.json` @throws {Unusable} if it cannot be written */
  constructor(what: string, file: string) {
    this.#what = what;
    try {
      mkdirSync(dirname(file), { recursive: true });
      this.#path = statSync(file, { throwIfNoEntry: false })?.isFile() === true ? realpathSync(file) : file;
      this.#temporary = canBeReplaced(file) ? temporaryFor(this.#path) : undefined;
      this.#descriptor = this.#temporary === undefined ? openSync(file, "w") : undefined;
    } catch (error) {
      throw this.#unwritable(error);
    }
  }

  /** Writes all of the text. @throws {Unusable} */
  write(text: string): void {
    try {
      // Unlike `writeSync` it goes on until all of it is written.
      if (this.#descriptor === undefined) this.#temporary?.write(text);
      else writeFileSync(this.#descriptor, text);
    } catch (error) {
      this.#temporary?.discard();
      throw this.#unwritable(error);
    }
  }

  /** Says that all is written: now the file is there. @throws {Unusable} */
  close(): void {
    try {
      if (this.#descriptor !== undefined) closeSync(this.#descriptor);
      if (this.#temporary !== undefined) settle(this.#temporary, this.#path);
    } catch (error) {
      throw this.#unwritable(error);
    } finally {
      this.#temporary?.discard();
    }
  }

  #unwritable(error: unknown): Unusable {
    return new Unusable(`${this.#what} cannot be written: ${fileErrorReason(error)}`);
  }
}

/** Writes a file at once, all of it or nothing. @param what how messages call it @throws {Unusable} */
export function writeOutput(what: string, file: string, text: string): void {
  const output = new OutputFile(what, file);
  output.write(text);
  output.close();
}

/** What stands for something that is open already, such as standard output: another file would not be that. */
const OPEN_ALREADY = /^\/(?:dev|proc)\//;

/** Whether the name leads to nothing yet, or to a regular file with no other name. All else is written to in place. */
function canBeReplaced(file: string): boolean {
  if (OPEN_ALREADY.test(resolve(file))) return false;
  const stats = statSync(file, { throwIfNoEntry: false });
  // A link that leads to nothing makes its target when it is written to.
  if (stats === undefined) return lstatSync(file, { throwIfNoEntry: false }) === undefined;
  return stats.isFile() && stats.nlink === 1;
}

/**
 * None where the folder takes no new files, or a new file could not have owner and mode of the old one: then the old one
 * is written to, and if that fails too, it is said why.
 */
function temporaryFor(path: string): TemporaryFile | undefined {
  const stats = statSync(path, { throwIfNoEntry: false });
  let temporary: TemporaryFile | undefined;
  try {
    if (stats !== undefined) accessSync(path, constants.W_OK);
    temporary = new TemporaryFile(path, stats !== undefined);
    if (stats === undefined || temporary.takeOver(stats) === undefined) return temporary;
  } catch {
    // Opening it says the same.
  }
  temporary?.discard();
  return undefined;
}

/** A file that is mounted by itself, as in a container, cannot be replaced: it gets the text that was written beside it. */
function settle(temporary: TemporaryFile, path: string): void {
  temporary.finish();
  try {
    temporary.moveTo(path);
  } catch (error) {
    if (errorCode(error) !== "EBUSY") throw error;
    writeFileSync(path, readFileSync(temporary.path));
  }
}
