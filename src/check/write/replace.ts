import { accessSync, closeSync, constants, fstatSync, lstatSync, openSync, readSync, type Stats } from "node:fs";
import { fileErrorReason } from "../../field/file-error.ts";
import { TemporaryFile } from "./temporary.ts";

/** Why a file is left as it is. */
class Refused extends Error {}

const CHANGED = "somebody else has changed it meanwhile; run this again";

/**
 * Replaces what a file holds, so that whoever looks, and wherever the machine stops, finds all of the old or all of the
 * new. Owner, mode and other names of the file stay as they are, or nothing is done.
 * @param file its real path
 * @param before what it is known to hold: if it holds something else by now, it is left alone
 * @returns why it was left as it is; undefined if it was replaced
 */
export function replaceFile(file: string, before: Uint8Array, after: Uint8Array): string | undefined {
  let descriptor: number | undefined;
  let temporary: TemporaryFile | undefined;
  try {
    // Renaming asks for no right to write to the file itself.
    accessSync(file, constants.W_OK);
    descriptor = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
    const stats = fstatSync(descriptor);
    refuseUnlessPlain(stats);
    temporary = new TemporaryFile(file, true);
    temporary.write(after);
    const lost = temporary.takeOver(stats);
    if (lost !== undefined) throw new Refused(`a new file cannot have its ${lost}; fix it as its owner`);
    temporary.finish();
    if (!isAsKnown(file, descriptor, stats, before)) throw new Refused(CHANGED);
    temporary.moveTo(file);
    undoIfChanged(file, descriptor, stats, before);
    return undefined;
  } catch (error) {
    return error instanceof Refused ? error.message : fileErrorReason(error);
  } finally {
    temporary?.discard();
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

function refuseUnlessPlain(stats: Stats): void {
  if (!stats.isFile()) throw new Refused("this is no regular file");
  if (stats.nlink > 1) {
    const others = stats.nlink - 1;
    throw new Refused(
      `it has ${others} other ${others === 1 ? "name" : "names"} (hard links), which would keep the old text; edit it by hand, or copy it`,
    );
  }
}

/** Whether the name still leads to the same file, and all of it is as it was. */
function isAsKnown(file: string, descriptor: number, stats: Stats, before: Uint8Array): boolean {
  const now = lstatSync(file);
  const isSame = (["dev", "ino", "mode", "uid", "gid", "nlink"] as const).every((key) => now[key] === stats[key]);
  return isSame && contentOf(descriptor).equals(before);
}

/** What was written into the old file after it was last looked at is not lost: the file has its name again. */
function undoIfChanged(file: string, descriptor: number, stats: Stats, before: Uint8Array): void {
  const content = contentOf(descriptor);
  if (content.equals(before)) return;
  const temporary = new TemporaryFile(file, true);
  try {
    temporary.write(content);
    temporary.takeOver(stats);
    temporary.moveTo(file);
  } finally {
    temporary.discard();
  }
  throw new Refused(CHANGED);
}

/** All of a file that is open, from its start, wherever it was read to before. */
function contentOf(descriptor: number): Buffer {
  const parts: Buffer[] = [];
  let position = 0;
  for (;;) {
    const part = Buffer.allocUnsafe(Math.max(4096, fstatSync(descriptor).size - position + 1));
    const length = readSync(descriptor, part, 0, part.length, position);
    if (length === 0) return Buffer.concat(parts);
    parts.push(part.subarray(0, length));
    position += length;
  }
}
