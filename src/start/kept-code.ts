/**
 * The compiled code of scripts, kept in files. V8 believes what it is given and ends the process over a damaged file, so
 * each file ends with its length and a sum; it belongs to this user, and others cannot write to it.
 */
const fs = process.getBuiltinModule("node:fs");
const path = process.getBuiltinModule("node:path");

/** The folder beside the scripts that an image is built with, for every use. It is trusted as the scripts are. */
const FILLED = "compiled";

/** The bytes at the end of a file: the length of what is before, and its sum. */
const TRAILER = 8;

/** Every how many bytes one counts for the sum: it shall find blocks that were never written, in next to no time. */
const STRIDE = 1024;

/** V8 refuses code that was compiled with other flags. */
const FLAGS = [...process.execArgv, process.env["NODE_OPTIONS"]].join(" ");

export interface KeptCode {
  /** The compiled code of a script; undefined if there is none that can be used. */
  read(script: string): Buffer | undefined;
  /** Keeps the compiled code of a script. Does nothing if no file can be written: it only saves time. */
  write(script: string, code: Buffer): void;
}

/**
 * @param folder the folder of the scripts
 * @param build what tells these scripts from those of every other build: V8 only compares lengths
 * @param use what the program is run for: each use has files of its own, with the functions that it calls
 */
export function keptCode(folder: string, build: string, use: string): KeptCode {
  const user = process.getuid?.();
  const own = ownFolder(user);
  const filled = path.join(folder, FILLED);
  const fileOf = (among: string, script: string): string => {
    const parts = [build, process.version, process.arch, path.basename(script, ".cjs")];
    if (among !== filled) parts.push(hash(`${use} ${FLAGS}`));
    return path.join(among, `${parts.join("-")}.bin`);
  };
  return {
    read: (script) =>
      content(fileOf(filled, script), undefined) ??
      (own === undefined ? undefined : content(fileOf(own, script), user)),
    write: (script, code) => {
      if (own === undefined) return;
      try {
        fs.mkdirSync(own, { recursive: true, mode: 0o700 });
        const file = fileOf(own, script);
        const temporary = `${file}.${process.pid}`;
        fs.writeFileSync(temporary, Buffer.concat([code, trailerOf(code)]), { mode: 0o600, flag: "wx" });
        fs.renameSync(temporary, file);
      } catch {
        // A file system that is full or cannot be written to.
      }
    },
  };
}

/** Where this user's files are, by the environment variables of Node's own cache; undefined if nothing is to be kept. */
function ownFolder(user: number | undefined): string | undefined {
  const { NODE_COMPILE_CACHE: named, NODE_DISABLE_COMPILE_CACHE: disabled } = process.env;
  if (disabled !== undefined && disabled !== "") return undefined;
  if (named !== undefined && named !== "") return named;
  const folder = path.join(process.getBuiltinModule("node:os").tmpdir(), `fairlead-compiled-${user ?? "user"}`);
  return user === undefined || isFreeFor(user, folder) ? folder : undefined;
}

/** Whether a folder is this user's alone to write, or not there: all may make one in the temporary folder, under any name. */
function isFreeFor(user: number, folder: string): boolean {
  try {
    const found = fs.lstatSync(folder, { throwIfNoEntry: false });
    return found === undefined || (found.isDirectory() && found.uid === user && (found.mode & 0o022) === 0);
  } catch {
    // The temporary folder cannot be looked into, or is none.
    return false;
  }
}

/** What is in a file, if it is whole and, where a user is given, this user's alone to write. */
function content(file: string, user: number | undefined): Buffer | undefined {
  let descriptor: number | undefined;
  try {
    descriptor = fs.openSync(file, "r");
    const { uid, mode, size } = fs.fstatSync(descriptor);
    if (user !== undefined && (uid !== user || (mode & 0o022) !== 0)) return undefined;
    const bytes = Buffer.allocUnsafeSlow(size);
    const code = bytes.subarray(0, -TRAILER);
    const isWhole = fs.readSync(descriptor, bytes, 0, size, 0) === size && size > TRAILER;
    return isWhole && trailerOf(code).equals(bytes.subarray(-TRAILER)) ? code : undefined;
  } catch {
    return undefined;
  } finally {
    if (descriptor !== undefined) fs.closeSync(descriptor);
  }
}

function trailerOf(code: Buffer): Buffer {
  let sum = 0;
  for (let index = 0; index < code.length; index += STRIDE) sum = (sum * 31 + (code[index] ?? 0)) | 0;
  const trailer = Buffer.alloc(TRAILER);
  trailer.writeUInt32LE(code.length, 0);
  trailer.writeInt32LE(sum, 4);
  return trailer;
}

/** A short name for a text, by FNV-1a. */
function hash(text: string): string {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  return (value >>> 0).toString(36);
}
