import { accessSync, closeSync, constants, fstatSync, lstatSync, openSync, readSync, type Stats } from "node:fs";
import { fileErrorReason } from "../field/index.ts";
import { TemporaryFile } from "./temporary-file.ts";

/** Why a file is not replaced. */
class Refused extends Error {}

const CHANGED = "somebody else has changed it meanwhile; run this again";

/**
 * Replaces the content of a file atomically: readers, and a machine that stops at any moment, find either the old or
 * the new content. The file's owner, mode and hard links are kept; where that is impossible, nothing is done.
 * @param file its real path
 * @param before its expected content: if the file has changed meanwhile, it is not replaced
 * @returns why it was not replaced; undefined if it was
 */
export function replaceFile(file: string, before: Uint8Array, after: Uint8Array): string | undefined {
  let descriptor: number | undefined;
  let temporary: TemporaryFile | undefined;
  try {
    // Renaming would not require write permission for the file itself.
    accessSync(file, constants.W_OK);
    descriptor = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
    const stats = fstatSync(descriptor);
    refuseUnlessReplaceable(stats);
    temporary = new TemporaryFile(file, true);
    temporary.write(after);
    const lost = temporary.copyMetadata(stats);
    if (lost !== undefined) throw new Refused(`a new file cannot have its ${lost}; fix it as its owner`);
    temporary.flush();
    if (!isUnchanged(file, descriptor, stats, before)) throw new Refused(CHANGED);
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

function refuseUnlessReplaceable(stats: Stats): void {
  if (!stats.isFile()) throw new Refused("this is not a regular file");
  if (stats.nlink > 1) {
    const others = stats.nlink - 1;
    throw new Refused(
      `it has ${others} other ${others === 1 ? "name" : "names"} (hard links), which would keep the old text; edit it by hand, or copy it`,
    );
  }
}

/** Whether the path still names the same file, with the same metadata and content. */
function isUnchanged(file: string, descriptor: number, stats: Stats, before: Uint8Array): boolean {
  const now = lstatSync(file);
  const isSame = (["dev", "ino", "mode", "uid", "gid", "nlink"] as const).every((key) => now[key] === stats[key]);
  return isSame && contentOf(descriptor).equals(before);
}

/** Restores what another program wrote into the old file between the last comparison and the rename. */
function undoIfChanged(file: string, descriptor: number, stats: Stats, before: Uint8Array): void {
  const content = contentOf(descriptor);
  if (content.equals(before)) return;
  const temporary = new TemporaryFile(file, true);
  try {
    temporary.write(content);
    temporary.copyMetadata(stats);
    temporary.moveTo(file);
  } finally {
    temporary.discard();
  }
  throw new Refused(CHANGED);
}

/** The whole content of an open file, whatever its current position. */
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
